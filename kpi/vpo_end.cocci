// The end of a busy while a page is locked: it may lock the page, and must not
// find it locked.
//
// Behind vpo_alloc; vpo_to_sxbusy.cocci says how they are run and written, and
// vpo_page_lock.cocci what a lock is called here.  The end moves behind the
// page's unlock, or that is undone for a moment.  Where the page is locked on
// some paths only, or several are, the end is left, as kpi_left_NAME.

// ---- Which lock is held? ---------------------------------------------------

@under exists@
expression m, n;
identifier f = {vm_page_wakeup, vm_page_io_finish};
identifier lock = {vm_page_lock, kpi_mtx_lock, kpi_owned, kpi_mtx_owned};
identifier try = {vm_page_trylock, kpi_mtx_trylock};
identifier unlock = {vm_page_unlock, kpi_mtx_unlock};
statement S;
position p;
@@
(
lock(n, ...);
|
if (\(!try(n)\|try(n) == 0\)) S
|
while (\(!try(n)\|try(n) == 0\)) S
)
  ... when any
      when != unlock(n)
      when != vm_page_busy_sleep(n, ...)
  f@p(m)

// None on another path: from the beginning, or from an unlock.
@bare exists@
expression under.n, m;
position under.p, q;
identifier fn, f;
identifier lock = {vm_page_lock, kpi_mtx_lock, kpi_owned, kpi_mtx_owned};
identifier try = {vm_page_trylock, kpi_mtx_trylock};
@@
  fn(...)
  {
  	... when any
  	    when != \(lock(n, ...)\|try(n)\)
  	f@p@q(m)
  	... when any
  }

@dropped exists@
expression under.n, m;
position under.p, q;
identifier f;
identifier lock = {vm_page_lock, kpi_mtx_lock, kpi_owned, kpi_mtx_owned};
identifier try = {vm_page_trylock, kpi_mtx_trylock};
identifier unlock = {vm_page_unlock, kpi_mtx_unlock};
@@
\(unlock(n)\|vm_page_busy_sleep(n, ...)\)
  ... when any
      when != \(lock(n, ...)\|try(n)\)
  f@p@q(m)

@@
position p = {bare.q, dropped.q};
expression m;
identifier f;
fresh identifier left = "kpi_left_" ## f;
@@
+ /* KPI: not converted: the page is not locked on every path. */
- f@p
+ left
  (m);

// Two: the first alternative is that of one page locked twice.
@several depends on under exists@
expression m, n, n2;
identifier f = {vm_page_wakeup, vm_page_io_finish};
identifier lock = {vm_page_lock, kpi_mtx_lock, kpi_owned, kpi_mtx_owned};
identifier lock2 = {vm_page_lock, kpi_mtx_lock, kpi_owned, kpi_mtx_owned};
identifier unlock = {vm_page_unlock, kpi_mtx_unlock};
identifier unlock2 = {vm_page_unlock, kpi_mtx_unlock};
position p;
@@
lock(n, ...);
  ... when any
      when != unlock(n)
      when != vm_page_busy_sleep(n, ...)
(
lock2(n, ...);
|
lock2(n2, ...);
  ... when any
      when != unlock(n)
      when != unlock2(n2)
      when != vm_page_busy_sleep(...)
f@p(m)
)

@@
position several.p;
expression m;
identifier f;
fresh identifier left = "kpi_left_" ## f;
@@
+ /* KPI: not converted: several pages are locked. */
- f@p
+ left
  (m);

// ---- Behind the unlock -----------------------------------------------------

// Nothing between may see the page, or what it is called, in another state.  Of
// several ends the last moves first, then the one before it.
@end depends on under exists@
expression m, n;
identifier f = {vm_page_wakeup, vm_page_io_finish};
identifier lock = {vm_page_lock, kpi_mtx_lock, kpi_owned, kpi_mtx_owned};
identifier try = {vm_page_trylock, kpi_mtx_trylock};
identifier unlock = {vm_page_unlock, kpi_mtx_unlock};
statement S;
position p;
@@
(
lock(n, ...);
|
if (\(!try(n)\|try(n) == 0\)) S
|
while (\(!try(n)\|try(n) == 0\)) S
)
  ... when any
      when != unlock(n)
      when != vm_page_busy_sleep(n, ...)
  f@p(m);

@@
expression end.m, end.n, e;
identifier end.f;
position end.p;
identifier lock = {vm_page_lock, kpi_mtx_lock, kpi_owned, kpi_mtx_owned};
identifier try = {vm_page_trylock, kpi_mtx_trylock};
identifier unlock = {vm_page_unlock, kpi_mtx_unlock};
identifier unlock2 = {vm_page_unlock, kpi_mtx_unlock};
identifier g !~ "^vm_page_((de)?activate|dontneed|advise|dirty|undirty|(un)?(wire|hold)|unlock|lockptr|aflag_(set|clear)|requeue|test_dirty|count_.*|is_.*)$";
identifier other = {vm_page_wakeup, vm_page_io_finish, vm_page_lock,
	kpi_mtx_lock, mtx_lock, VM_OBJECT_UNLOCK, vm_page_free, vm_page_free_zero,
	vm_page_cache, vm_page_remove, vm_page_rename};
statement S;
@@
(
lock(n, ...);
|
if (\(!try(n)\|try(n) == 0\)) S
|
while (\(!try(n)\|try(n) == 0\)) S
)
  ... when != unlock(n)
      when != vm_page_busy_sleep(n, ...)
      when strict
- f@p(m);
  ... when != unlock(n)
      when != g(..., m, ...)
      when != other(...)
      when != m = e
      when != m++
      when != m--
      when strict
  unlock2(n);
+ f(m);

@end2 depends on under exists@
expression m, n;
identifier f = {vm_page_wakeup, vm_page_io_finish};
identifier lock = {vm_page_lock, kpi_mtx_lock, kpi_owned, kpi_mtx_owned};
identifier try = {vm_page_trylock, kpi_mtx_trylock};
identifier unlock = {vm_page_unlock, kpi_mtx_unlock};
statement S;
position p;
@@
(
lock(n, ...);
|
if (\(!try(n)\|try(n) == 0\)) S
|
while (\(!try(n)\|try(n) == 0\)) S
)
  ... when any
      when != unlock(n)
      when != vm_page_busy_sleep(n, ...)
  f@p(m);

@@
expression end2.m, end2.n, e;
identifier end2.f;
position end2.p;
identifier lock = {vm_page_lock, kpi_mtx_lock, kpi_owned, kpi_mtx_owned};
identifier try = {vm_page_trylock, kpi_mtx_trylock};
identifier unlock = {vm_page_unlock, kpi_mtx_unlock};
identifier unlock2 = {vm_page_unlock, kpi_mtx_unlock};
identifier g !~ "^vm_page_((de)?activate|dontneed|advise|dirty|undirty|(un)?(wire|hold)|unlock|lockptr|aflag_(set|clear)|requeue|test_dirty|count_.*|is_.*)$";
identifier other = {vm_page_wakeup, vm_page_io_finish, vm_page_lock,
	kpi_mtx_lock, mtx_lock, VM_OBJECT_UNLOCK, vm_page_free, vm_page_free_zero,
	vm_page_cache, vm_page_remove, vm_page_rename};
statement S;
@@
(
lock(n, ...);
|
if (\(!try(n)\|try(n) == 0\)) S
|
while (\(!try(n)\|try(n) == 0\)) S
)
  ... when != unlock(n)
      when != vm_page_busy_sleep(n, ...)
      when strict
- f@p(m);
  ... when != unlock(n)
      when != g(..., m, ...)
      when != other(...)
      when != m = e
      when != m++
      when != m--
      when strict
  unlock2(n);
+ f(m);

// In the branch taken if it could be had.
@@
expression m, n, c, d, e;
identifier f = {vm_page_wakeup, vm_page_io_finish};
identifier try = {vm_page_trylock, kpi_mtx_trylock};
identifier unlock = {vm_page_unlock, kpi_mtx_unlock};
identifier unlock2 = {vm_page_unlock, kpi_mtx_unlock};
identifier g !~ "^vm_page_((de)?activate|dontneed|advise|dirty|undirty|(un)?(wire|hold)|unlock|lockptr|aflag_(set|clear)|requeue|test_dirty|count_.*|is_.*)$";
identifier other = {vm_page_wakeup, vm_page_io_finish, vm_page_lock,
	kpi_mtx_lock, mtx_lock, VM_OBJECT_UNLOCK, vm_page_free, vm_page_free_zero,
	vm_page_cache, vm_page_remove, vm_page_rename};
@@
if (\(try(n)\|try(n) != 0\|try(n) && c\|c && try(n)\|c && try(n) && d\)) {
  ... when != unlock(n)
      when != vm_page_busy_sleep(n, ...)
      when strict
- f(m);
  ... when != unlock(n)
      when != g(..., m, ...)
      when != other(...)
      when != m = e
      when != m++
      when != m--
      when strict
  unlock2(n);
+ f(m);
  ...
}

// ---- The lock dropped for a moment -----------------------------------------

@taken exists@
expression m, n, c, d;
identifier f = {vm_page_wakeup, vm_page_io_finish};
identifier try = {vm_page_trylock, kpi_mtx_trylock};
identifier unlock = {vm_page_unlock, kpi_mtx_unlock};
position p;
@@
if (\(try(n)\|try(n) != 0\|try(n) && c\|c && try(n)\|c && try(n) && d\)) {
  ... when any
      when != unlock(n)
      when != vm_page_busy_sleep(n, ...)
  f@p(m);
  ... when any
}

@@
expression taken.n, m;
identifier f;
position taken.p;
@@
+ /* KPI: the page lock is dropped for a moment. */
+ vm_page_unlock(n);
  f@p(m);
+ vm_page_lock(n);

@locked depends on under exists@
expression m, n;
identifier f = {vm_page_wakeup, vm_page_io_finish};
identifier lock = {vm_page_lock, kpi_mtx_lock, kpi_owned, kpi_mtx_owned};
identifier try = {vm_page_trylock, kpi_mtx_trylock};
identifier unlock = {vm_page_unlock, kpi_mtx_unlock};
statement S;
position p;
@@
(
lock(n, ...);
|
if (\(!try(n)\|try(n) == 0\)) S
|
while (\(!try(n)\|try(n) == 0\)) S
)
  ... when any
      when != unlock(n)
      when != vm_page_busy_sleep(n, ...)
  f@p(m)

@@
expression locked.n, m;
identifier f;
position locked.p;
@@
+ /* KPI: the page lock is dropped for a moment. */
+ vm_page_unlock(n);
  f@p(m);
+ vm_page_lock(n);

// One that is no statement of its own.
@part depends on under exists@
expression m, n;
identifier f = {vm_page_wakeup, vm_page_io_finish};
identifier lock = {vm_page_lock, kpi_mtx_lock, kpi_owned, kpi_mtx_owned};
identifier try = {vm_page_trylock, kpi_mtx_trylock};
identifier unlock = {vm_page_unlock, kpi_mtx_unlock};
statement S;
position p;
@@
(
lock(n, ...);
|
if (\(!try(n)\|try(n) == 0\)) S
|
while (\(!try(n)\|try(n) == 0\)) S
)
  ... when any
      when != unlock(n)
      when != vm_page_busy_sleep(n, ...)
  f@p(m)

@@
position part.p;
identifier f;
fresh identifier left = "kpi_left_" ## f;
@@
- f@p
+ left
  (...)
