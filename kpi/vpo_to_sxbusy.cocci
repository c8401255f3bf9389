// From the page-busy KPI of FreeBSD 9.x to that of r254138, with r248084's
// object lock on the way.
//
// The names; other patches come before it and behind it, as tools/kpi-convert
// lists them.  Run them by that: it makes prototypes of K&R definitions first,
// adds the include, and says what was passed over.  docs/MIGRATION.md tabulates
// what becomes of what.
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
