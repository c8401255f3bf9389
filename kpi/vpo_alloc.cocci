// Allocation flags.
//
// vpo_to_sxbusy.cocci says how the patches are run and written.


@@ expression f; @@
(
- (f & VM_ALLOC_RETRY) != 0
+ 1
|
- (f & VM_ALLOC_RETRY) == 0
+ 0
|
- f & VM_ALLOC_RETRY
+ 1
)

// What chooses or sets nothing but this flag goes, unless it does something
// else, too.
@does@ expression c, x, e; identifier f; assignment operator op; position p; @@
  \(c@p\&<+... \(f(...)\|x++\|x--\|++x\|--x\|x op e\) ...+>\) ?
  \(VM_ALLOC_RETRY\|0\) : \(VM_ALLOC_RETRY\|0\)

@@ expression c; position p != does.p; @@
(
- (c@p ? VM_ALLOC_RETRY : 0)
+ VM_ALLOC_RETRY
|
- (c@p ? 0 : VM_ALLOC_RETRY)
+ VM_ALLOC_RETRY
|
- c@p ? VM_ALLOC_RETRY : 0
+ VM_ALLOC_RETRY
|
- c@p ? 0 : VM_ALLOC_RETRY
+ VM_ALLOC_RETRY
)

@@ expression x; identifier c; constant k; @@
(
- if (\(c\|!c\|c == k\|c != k\|c & k\))
- 	x |= VM_ALLOC_RETRY;
|
- if (\(c\|!c\|c == k\|c != k\|c & k\))
- 	x &= ~VM_ALLOC_RETRY;
)

@@ expression x; @@
(
- x |= VM_ALLOC_RETRY;
|
- x &= ~VM_ALLOC_RETRY;
)

@@ expression e; @@
(
  e
- | VM_ALLOC_RETRY
|
- VM_ALLOC_RETRY |
  e
|
- VM_ALLOC_RETRY
+ 0
)

// IGN_SBUSY with NOBUSY or SBUSY is right as it is.  NOBUSY with
// vm_page_io_start() behind it is SBUSY, as is a new page.
@@ expression o, i; @@
- vm_page_grab
+ kpi_grab_ign
  (o, i, <+... VM_ALLOC_IGN_SBUSY ...+>)

@@ expression o, i; @@
- kpi_grab_ign
+ vm_page_grab
  (o, i, <+... \(VM_ALLOC_NOBUSY\|VM_ALLOC_SBUSY\) ...+>)

@shared@ expression m, o, i; position p; @@
  m = vm_page_grab@p(o, i, <+... VM_ALLOC_IGN_SBUSY ...+>);
  vm_page_io_start(m);

@@ expression m, o, i; position shared.p; @@
  m = vm_page_grab@p(o, i, <+...
- VM_ALLOC_NOBUSY
+ VM_ALLOC_SBUSY
  ...+>);
- vm_page_io_start(m);

@@ expression m, o, i; identifier l; @@
  m = vm_page_alloc(o, i, <+...
- VM_ALLOC_NOBUSY
+ VM_ALLOC_SBUSY
  ...+>);
(
- if (\(m != NULL\|NULL != m\|m\) )
- 	vm_page_io_start(m);
|
  if (\(m == NULL\|NULL == m\|!m\) ) return ...;
- vm_page_io_start(m);
|
  if (\(m == NULL\|NULL == m\|!m\) ) goto l;
- vm_page_io_start(m);
|
  if (\(m == NULL\|NULL == m\|!m\) ) break;
- vm_page_io_start(m);
|
  if (\(m == NULL\|NULL == m\|!m\) ) continue;
- vm_page_io_start(m);
|
  if (\(m == NULL\|NULL == m\|!m\) ) { ... return ...; }
- vm_page_io_start(m);
|
  if (\(m == NULL\|NULL == m\|!m\) ) { ... goto l; }
- vm_page_io_start(m);
|
  if (\(m == NULL\|NULL == m\|!m\) ) { ... break; }
- vm_page_io_start(m);
|
  if (\(m == NULL\|NULL == m\|!m\) ) { ... continue; }
- vm_page_io_start(m);
|
  if (\(m == NULL\|NULL == m\|!m\) ) panic(...);
- vm_page_io_start(m);
|
- vm_page_io_start(m);
)

// Without NOBUSY it panics where 9.x had both kinds.  Flags that are not all
// written out are not known: kpi/port/uses.awk says so of what is left here.
@@ expression o, i; local idexpression x; @@
- kpi_grab_ign
+ vm_page_grab
  (o, i, <+... x ...+>)

@@ expression o, i, e; @@
  kpi_grab_ign(o, i,
(
  e
- | VM_ALLOC_IGN_SBUSY
|
- VM_ALLOC_IGN_SBUSY |
  e
|
- VM_ALLOC_IGN_SBUSY
+ 0
)
  )

@@ expression e, f; @@
  kpi_grab_ign(...,
(
  e
- | VM_ALLOC_IGN_SBUSY
  | f
)
  )

@@ @@
- kpi_grab_ign
+ vm_page_grab
  (..., <+... VM_ALLOC_IGN_SBUSY ...+>)

@@ expression e; identifier g; statement S, S2; @@
(
+ /* KPI: waits for sharers, too; SBUSY instead, if it only reads? */
  if (<+...
- kpi_grab_ign
+ vm_page_grab
  (...) ...+>) S else S2
|
+ /* KPI: waits for sharers, too; SBUSY instead, if it only reads? */
  if (<+...
- kpi_grab_ign
+ vm_page_grab
  (...) ...+>) S
|
+ /* KPI: waits for sharers, too; SBUSY instead, if it only reads? */
  while (<+...
- kpi_grab_ign
+ vm_page_grab
  (...) ...+>) S
|
+ /* KPI: waits for sharers, too; SBUSY instead, if it only reads? */
  return <+...
- kpi_grab_ign
+ vm_page_grab
  (...) ...+>;
|
+ /* KPI: waits for sharers, too; SBUSY instead, if it only reads? */
  e = <+...
- kpi_grab_ign
+ vm_page_grab
  (...) ...+>;
|
+ /* KPI: waits for sharers, too; SBUSY instead, if it only reads? */
  g(..., <+...
- kpi_grab_ign
+ vm_page_grab
  (...) ...+>, ...);
)

@@ @@
- kpi_grab_ign
+ vm_page_grab
  (...)
