// vm_page_insert(), which can fail now: where its value is not asked for it is
// tried until there is memory, with the object unlocked meanwhile.
//
// Behind vpo_end; vpo_to_sxbusy.cocci says how they are run and written, and
// vpo_page_lock.cocci what a lock is called here.  What cannot be repeated, or
// unlocked, is left, as kpi_left_NAME.

@insert@ @@
vm_page_insert(...)

@depends on insert@ @@
- (void)vm_page_insert
+ vm_page_insert
  (...);

// ---- What stays a call -----------------------------------------------------

// Its arguments count, assign or call.
@repeated depends on insert@
expression x, e;
identifier f !~ "^(OFF_TO_IDX|IDX_TO_OFF|atop|PHYS_TO_VM_PAGE)$";
assignment operator op;
position p;
@@
vm_page_insert@p(...,
    <+... \(f(...)\|x++\|x--\|++x\|--x\|x op e\) ...+>, ...);

@@ position repeated.p; @@
+ /* KPI: not converted: it can fail, and must not run twice. */
- vm_page_insert@p
+ kpi_left_vm_page_insert
  (...);

// It is no statement of its own.
@depends on insert@ expression e; @@
(
- vm_page_insert
+ kpi_left_vm_page_insert
  (...), e
|
  e,
- vm_page_insert
+ kpi_left_vm_page_insert
  (...)
)

@depends on insert@ expression a, b, c; statement S; @@
(
  for (a; b;
- vm_page_insert
+ kpi_left_vm_page_insert
  (...)) S
|
  for (; b;
- vm_page_insert
+ kpi_left_vm_page_insert
  (...)) S
|
  for (a; ;
- vm_page_insert
+ kpi_left_vm_page_insert
  (...)) S
|
  for (; ;
- vm_page_insert
+ kpi_left_vm_page_insert
  (...)) S
|
  for (
- vm_page_insert
+ kpi_left_vm_page_insert
  (...); b; c) S
|
  for (
- vm_page_insert
+ kpi_left_vm_page_insert
  (...); b;) S
|
  for (
- vm_page_insert
+ kpi_left_vm_page_insert
  (...); ; c) S
|
  for (
- vm_page_insert
+ kpi_left_vm_page_insert
  (...); ;) S
)

// Several pages are locked: the first alternative is that of one.
@insert_several depends on insert exists@
expression n, n2;
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
vm_page_insert@p(...);
)

@@ position insert_several.p; @@
+ /* KPI: not converted: it can fail, and pages are locked. */
- vm_page_insert@p
+ kpi_left_vm_page_insert
  (...);

// ---- Tried again -----------------------------------------------------------

// With a page locked on every path, that goes for the moment, too.
@depends on insert@
expression m, n, o, i;
identifier lock = {vm_page_lock, kpi_mtx_lock, kpi_owned, kpi_mtx_owned};
identifier try = {vm_page_trylock, kpi_mtx_trylock};
identifier unlock = {vm_page_unlock, kpi_mtx_unlock};
identifier unlock2 = {vm_page_unlock, kpi_mtx_unlock};
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
      when strict
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
  unlock2(n);

@insert_locked depends on insert exists@
expression n;
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
vm_page_insert@p(...);

@@ position insert_locked.p; @@
+ /* KPI: not converted: it can fail, and a page is locked. */
- vm_page_insert@p
+ kpi_left_vm_page_insert
  (...);

@depends on insert@ expression m, o, i; @@
- vm_page_insert(m, o, i);
+ /* KPI: it can fail now; the object is unlocked meanwhile. */
+ while (vm_page_insert(m, o, i) != 0) {
+ 	VM_OBJECT_WUNLOCK(o);
+ 	vm_wait();
+ 	VM_OBJECT_WLOCK(o);
+ }
