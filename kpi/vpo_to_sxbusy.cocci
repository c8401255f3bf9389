// From the page-busy KPI of FreeBSD 9.x to that of r254138, with r248084's
// object lock on the way.
//
// The last of eight; before it come vpo_flags, vpo_tests, vpo_both,
// vpo_page_lock, vpo_sleeps, vpo_remember and vpo_alloc.  Run them by
// tools/kpi-convert, which makes prototypes of K&R definitions first, adds the
// include, and says what was passed over.  docs/MIGRATION.md tabulates what
// becomes of what.
//
// What 9.x did is preserved, by these rules.
//
// 1. LOCK is WLOCK, which is always right.  Where a section only looks, a
//    comment says that RLOCK would do.
// 2. A sleep on a page takes the page lock before it drops the object lock, and
//    relocks the object remembered before it, never m->object.
// 3. The end of a busy moves behind the page's unlock: it may lock the page.
// 4. Where 9.x let VPO_BUSY and a count stand side by side, one of them gives
//    way, and a comment says which.
//
// A comment "KPI: ..." is for a person to decide.  No isomorphisms are used
// (--iso-file /dev/null, for speed), so variants are spelled out.  Rules run in
// order, each on what the one before has made; names that begin with kpi_ live
// between two of them.

// ---- The end of a busy, with a page lock held ----

// Nothing between may see the page, or what it is called, in another state.
@end exists@
expression m, n;
identifier f = {vm_page_wakeup, vm_page_io_finish};
statement S;
@@
(
\(vm_page_lock(n)\|mtx_lock(vm_page_lockptr(n))\|
  vm_page_lock_assert(n, \(MA_OWNED\|MA_OWNED | MA_NOTRECURSED\))\|
  mtx_assert(vm_page_lockptr(n), \(MA_OWNED\|MA_OWNED | MA_NOTRECURSED\))\);
|
if (\(!vm_page_trylock(n)\|vm_page_trylock(n) == 0\|
  !mtx_trylock(vm_page_lockptr(n))\|mtx_trylock(vm_page_lockptr(n)) == 0\)) S
|
while (\(!vm_page_trylock(n)\|vm_page_trylock(n) == 0\|
  !mtx_trylock(vm_page_lockptr(n))\|mtx_trylock(vm_page_lockptr(n)) == 0\)) S
)
  ... when != vm_page_unlock(n)
      when != mtx_unlock(vm_page_lockptr(n))
  f(m);

@@
expression end.m, end.n, e;
identifier end.f;
identifier g !~ "^vm_page_((de)?activate|dontneed|advise|dirty|undirty|(un)?(wire|hold)|unlock|lockptr|aflag_(set|clear)|requeue|test_dirty|count_.*|is_.*)$";
statement S;
@@
(
\(vm_page_lock(n)\|mtx_lock(vm_page_lockptr(n))\|
  vm_page_lock_assert(n, \(MA_OWNED\|MA_OWNED | MA_NOTRECURSED\))\|
  mtx_assert(vm_page_lockptr(n), \(MA_OWNED\|MA_OWNED | MA_NOTRECURSED\))\);
|
if (\(!vm_page_trylock(n)\|vm_page_trylock(n) == 0\|
  !mtx_trylock(vm_page_lockptr(n))\|mtx_trylock(vm_page_lockptr(n)) == 0\)) S
|
while (\(!vm_page_trylock(n)\|vm_page_trylock(n) == 0\|
  !mtx_trylock(vm_page_lockptr(n))\|mtx_trylock(vm_page_lockptr(n)) == 0\)) S
)
  ... when != vm_page_unlock(n)
      when != mtx_unlock(vm_page_lockptr(n))
      when != vm_page_busy_sleep(n, ...)
      when strict
- f(m);
  ... when != vm_page_unlock(n)
      when != mtx_unlock(vm_page_lockptr(n))
      when != g(..., m, ...)
      when != m = e
      when != m++
      when != m--
      when != VM_OBJECT_UNLOCK(...)
      when != vm_page_lock(...)
      when != mtx_lock(...)
      when strict
  \(vm_page_unlock(n)\|mtx_unlock(vm_page_lockptr(n))\);
+ f(m);

// In the branch taken if it could be had.
@@
expression m, n, c, d, e;
identifier f = {vm_page_wakeup, vm_page_io_finish};
identifier g !~ "^vm_page_((de)?activate|dontneed|advise|dirty|undirty|(un)?(wire|hold)|unlock|lockptr|aflag_(set|clear)|requeue|test_dirty|count_.*|is_.*)$";
@@
if (\(vm_page_trylock(n)\|vm_page_trylock(n) != 0\|vm_page_trylock(n) && c\|
  c && vm_page_trylock(n)\|c && vm_page_trylock(n) && d\|
  mtx_trylock(vm_page_lockptr(n))\|mtx_trylock(vm_page_lockptr(n)) != 0\)) {
  ... when != vm_page_unlock(n)
      when != mtx_unlock(vm_page_lockptr(n))
      when != vm_page_busy_sleep(n, ...)
      when strict
- f(m);
  ... when != vm_page_unlock(n)
      when != mtx_unlock(vm_page_lockptr(n))
      when != g(..., m, ...)
      when != m = e
      when != m++
      when != m--
      when != VM_OBJECT_UNLOCK(...)
      when != vm_page_lock(...)
      when != mtx_lock(...)
      when strict
  \(vm_page_unlock(n)\|mtx_unlock(vm_page_lockptr(n))\);
+ f(m);
  ...
}

@taken exists@
expression m, n, c, d;
identifier f = {vm_page_wakeup, vm_page_io_finish};
position p;
@@
if (\(vm_page_trylock(n)\|vm_page_trylock(n) != 0\|vm_page_trylock(n) && c\|
  c && vm_page_trylock(n)\|c && vm_page_trylock(n) && d\|
  mtx_trylock(vm_page_lockptr(n))\|mtx_trylock(vm_page_lockptr(n)) != 0\)) {
  ... when any
      when != vm_page_unlock(n)
      when != mtx_unlock(vm_page_lockptr(n))
      when != vm_page_busy_sleep(n, ...)
  f@p(m);
  ... when any
}

@@
expression taken.n, m;
identifier f = {vm_page_wakeup, vm_page_io_finish};
position taken.p;
@@
+ /* KPI: the page lock is dropped for a moment. */
+ vm_page_unlock(n);
  f@p(m);
+ vm_page_lock(n);

@locked exists@
expression m, n;
identifier f = {vm_page_wakeup, vm_page_io_finish};
statement S;
position p;
@@
(
\(vm_page_lock(n)\|mtx_lock(vm_page_lockptr(n))\|
  vm_page_lock_assert(n, \(MA_OWNED\|MA_OWNED | MA_NOTRECURSED\))\|
  mtx_assert(vm_page_lockptr(n), \(MA_OWNED\|MA_OWNED | MA_NOTRECURSED\))\);
|
if (\(!vm_page_trylock(n)\|vm_page_trylock(n) == 0\|
  !mtx_trylock(vm_page_lockptr(n))\|mtx_trylock(vm_page_lockptr(n)) == 0\)) S
|
while (\(!vm_page_trylock(n)\|vm_page_trylock(n) == 0\|
  !mtx_trylock(vm_page_lockptr(n))\|mtx_trylock(vm_page_lockptr(n)) == 0\)) S
)
  ... when any
      when != vm_page_unlock(n)
      when != mtx_unlock(vm_page_lockptr(n))
      when != vm_page_busy_sleep(n, ...)
  f@p(m)

@@
expression locked.n, m;
identifier f = {vm_page_wakeup, vm_page_io_finish};
position locked.p;
@@
+ /* KPI: the page lock is dropped for a moment. */
+ vm_page_unlock(n);
  f@p(m);
+ vm_page_lock(n);

// ---- The object of a page, across a time without its lock ----

@@
identifier fn;
expression e;
typedef vm_page_t;
idexpression vm_page_t m;
identifier busy = {vm_page_busy, vm_page_io_start, vm_page_wire, vm_page_hold};
@@
  fn(...)
  {
+ 	vm_object_t kept_object;
+
  	... when != busy(m)
  	    when any
+ 	kept_object = m->object;
  	VM_OBJECT_UNLOCK(
- 	m->object
+ 	kept_object
  	);
  	... when != m = e
  	    when != VM_OBJECT_LOCK(...)
  	VM_OBJECT_LOCK(
- 	m->object
+ 	kept_object
  	);
  	<... when != m = e
- 	m->object
+ 	kept_object
  	...>
  }

// ---- Calls that can fail now ----

// With a page locked, that goes for the moment, too.
@@ expression m, n, o, i; @@
  vm_page_lock(n);
  ... when != vm_page_unlock(n)
- vm_page_insert(m, o, i);
+ /* KPI: it can fail now; object and page are unlocked meanwhile. */
+ while (vm_page_insert(m, o, i) != 0) {
+ 	vm_page_unlock(n);
+ 	VM_OBJECT_WUNLOCK(o);
+ 	vm_wait();
+ 	VM_OBJECT_WLOCK(o);
+ 	vm_page_lock(n);
+ }
  ...
  vm_page_unlock(n);

@@ expression m, o, i; @@
- vm_page_insert(m, o, i);
+ /* KPI: it can fail now; the object is unlocked meanwhile. */
+ while (vm_page_insert(m, o, i) != 0) {
+ 	VM_OBJECT_WUNLOCK(o);
+ 	vm_wait();
+ 	VM_OBJECT_WLOCK(o);
+ }

// ---- Names ----

// Sections that only look, on every path.  Assigned to may be what has no
// member, index or pointer on its left side.
@look@
expression o, a, b;
identifier g;
assignment operator op;
identifier f !~ "^(vm_page_(lookup|find_least|next|prev|[xs]?busied|is_.*)|VPB_SHARERS|KASSERT|(TAILQ|LIST)_(EMPTY|FIRST|LAST|NEXT|PREV)|OFF_TO_IDX|IDX_TO_OFF)$";
position p;
@@
  VM_OBJECT_LOCK@p(o);
  ... when != f(...)
      when != \((*a)(...)\|a->g(...)\|a.g(...)\)
      when != \(a->g\|a.g\|*a\|a[b]\) op b
      when != \(a->g++\|a->g--\|++a->g\|--a->g\)
      when != \(a.g++\|a.g--\|++a.g\|--a.g\)
      when strict
  VM_OBJECT_UNLOCK(o);

@@ position look.p; expression o; @@
+ /* KPI: only looks: VM_OBJECT_RLOCK would do. */
  VM_OBJECT_LOCK@p(o);

@@ typedef vm_object_t; vm_object_t o; @@
- &o->mtx
+ VM_OBJECT_MTX(o)

@@ struct vm_object *o; @@
- &o->mtx
+ VM_OBJECT_MTX(o)

// Of a type that only a header knows, by its name.
@@ expression e; identifier f =~ "^(.*_)?obj(ect)?$"; @@
- &e->f->mtx
+ VM_OBJECT_MTX(e->f)

@@ expression o, w, p, msg, t; @@
(
- \(mtx_lock\|VM_OBJECT_LOCK\)(VM_OBJECT_MTX(o))
+ VM_OBJECT_WLOCK(o)
|
- mtx_unlock(VM_OBJECT_MTX(o))
+ VM_OBJECT_WUNLOCK(o)
|
- mtx_trylock(VM_OBJECT_MTX(o))
+ VM_OBJECT_TRYWLOCK(o)
|
- mtx_owned(VM_OBJECT_MTX(o))
+ VM_OBJECT_LOCKED(o)
|
- mtx_assert(VM_OBJECT_MTX(o), p)
+ VM_OBJECT_LOCK_ASSERT(o, p)
|
- \(msleep\|mtx_sleep\)(w, VM_OBJECT_MTX(o), p, msg, t)
+ VM_OBJECT_SLEEP(o, w, p, msg, t)
)

@@ expression o; @@
(
- VM_OBJECT_LOCK
+ VM_OBJECT_WLOCK
  (o)
|
- VM_OBJECT_UNLOCK
+ VM_OBJECT_WUNLOCK
  (o)
|
- VM_OBJECT_TRYLOCK
+ VM_OBJECT_TRYWLOCK
  (o)
|
- VM_OBJECT_LOCKED(o)
+ rw_wowned(&o->lock)
|
- VM_OBJECT_LOCK_ASSERT(o, \(MA_OWNED\|MA_OWNED | MA_NOTRECURSED\))
+ VM_OBJECT_ASSERT_WLOCKED(o)
|
- VM_OBJECT_LOCK_ASSERT(o, MA_NOTOWNED)
+ VM_OBJECT_ASSERT_UNLOCKED(o)
)

@@ expression m; @@
(
- vm_page_busy
+ vm_page_xbusy
  (m)
|
- vm_page_wakeup
+ vm_page_xunbusy
  (m)
|
- vm_page_io_start
+ vm_page_sbusy
  (m)
|
- vm_page_io_finish
+ vm_page_sunbusy
  (m)
)
