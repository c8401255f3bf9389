// Where a page's lock is held when 9.x sleeps on it or flashes it, and which of
// those calls stay calls.
//
// vpo_to_sxbusy.cocci says how the patches are run and written.
// What is marked here vpo_sleeps.cocci opens.

// ---- Pages that are named by what must not run twice -----------------------

// A sleep that is opened names its page several times, the last with the object
// unlocked: where it is called for, counted on or assigned it stays a call.
@@
expression x, e;
identifier f !~ "^(OFF_TO_IDX|IDX_TO_OFF|atop|PHYS_TO_VM_PAGE)$";
assignment operator op;
@@
(
- vm_page_sleep_if_busy
+ kpi_once_sleep_if_busy
|
- vm_page_sleep
+ kpi_once_sleep
|
- vm_page_flash
+ kpi_once_flash
)
  (<+... \(f(...)\|x++\|x--\|++x\|--x\|x op e\) ...+>, ...)

@@ expression m, w; symbol TRUE, true; @@
- kpi_once_sleep_if_busy(m, \(TRUE\|1\|true\), w)
+ vm_page_sleep_if_busy(m, w)

// ---- What a lock is called here --------------------------------------------

// A page's lock and what says that it is owned have one argument before what
// else they have, until vpo_unseen calls them by their names again.
@@ expression n, e; symbol MA_OWNED, MA_NOTRECURSED; @@
(
- mtx_lock(vm_page_lockptr(n))
+ kpi_mtx_lock(n)
|
- mtx_unlock(vm_page_lockptr(n))
+ kpi_mtx_unlock(n)
|
- mtx_trylock(vm_page_lockptr(n))
+ kpi_mtx_trylock(n)
|
- mtx_assert(vm_page_lockptr(n),
+ kpi_mtx_owned(n,
  \(MA_OWNED\|MA_OWNED | MA_NOTRECURSED\))
|
- vm_page_lock_assert
+ kpi_owned
  (n, \(MA_OWNED\|MA_OWNED | MA_NOTRECURSED\))
)

// ---- The page lock: held, or to be taken -----------------------------------

// Is it held where 9.x slept or flashed?  Mark those places: in the branch
// taken if it could be had; then behind a lock, an assertion, or a branch that
// leaves where it could not be had.
@had exists@
expression m, e, b, c, d, w;
identifier try = {vm_page_trylock, kpi_mtx_trylock};
identifier unlock = {vm_page_unlock, kpi_mtx_unlock};
position p;
@@
if (\(try(m)\|try(m) != 0\|try(m) && c\|c && try(m)\|c && try(m) && d\)) {
  ... when any
      when != unlock(m)
      when != vm_page_sleep(m, ...)
      when != vm_page_busy_sleep(m, ...)
      when != m = e
  \(vm_page_sleep@p(m, w)\|vm_page_sleep_if_busy@p(m, b, w)\|
    vm_page_flash@p(m)\)
  ... when any
}

@@ position had.p; @@
(
- vm_page_sleep@p
+ kpi_sleep_held
|
- vm_page_sleep_if_busy@p
+ kpi_sleep_if_busy_held
|
- vm_page_flash@p
+ kpi_flash_held
)
  (...)

@held exists@
expression m, e, b, w;
identifier lock = {vm_page_lock, kpi_mtx_lock, kpi_owned, kpi_mtx_owned};
identifier try = {vm_page_trylock, kpi_mtx_trylock};
identifier unlock = {vm_page_unlock, kpi_mtx_unlock};
statement S;
position p;
@@
(
lock(m, ...);
|
if (\(!try(m)\|try(m) == 0\)) S
|
while (\(!try(m)\|try(m) == 0\)) S
)
  ... when any
      when != unlock(m)
      when != vm_page_sleep(m, ...)
      when != vm_page_busy_sleep(m, ...)
      when != m = e
  \(vm_page_sleep@p(m, w)\|vm_page_sleep_if_busy@p(m, b, w)\|
    vm_page_flash@p(m)\)

@@ position held.p; @@
(
- vm_page_sleep@p
+ kpi_sleep_held
|
- vm_page_sleep_if_busy@p
+ kpi_sleep_if_busy_held
|
- vm_page_flash@p
+ kpi_flash_held
)
  (...)

@@ expression m; @@
+ vm_page_lock(m);
  vm_page_flash(m);
+ vm_page_unlock(m);

@@ @@
- kpi_flash_held
+ vm_page_flash
  (...)
