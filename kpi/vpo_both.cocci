// Pages that are busied while they may be busied in the other way.
//
// vpo_to_sxbusy.cocci says how the patches are run and written.
// In 9.x VPO_BUSY and a count were independent: who wanted one tested for that
// one.  r254138 panics on a page busied in the other way, so the test is made
// to cover both, and a comment says so: what 9.x took is now left or waited
// for.

// A page tested for one kind and then taken in the other: now tested for both,
// by every test on the way.  Of two that belong together, one that is wider
// than the other makes a loop that does not end.
@soft exists@ expression m, e; position q; @@
  vm_page_sbusied(m)
  ... when != vm_page_xbusied(m)
      when != vm_page_busied(m)
      when != vm_page_sleep_if_busy(m, ...)
      when != m = e
  vm_page_io_start@q(m)

@@ position soft.q; @@
- vm_page_io_start@q
+ kpi_io_start_also
  (...)

@softs exists@ expression m, e; position p; @@
  vm_page_sbusied@p(m)
  ... when any
      when != vm_page_io_finish(m)
      when != m = e
  kpi_io_start_also(m)

@@ position softs.p; @@
- vm_page_sbusied@p
+ vm_page_busied
  (...)

@@ expression m; @@
+ /* KPI: one busied exclusively counts as busy now, too. */
- kpi_io_start_also(m);
+ vm_page_io_start(m);

@hard exists@ expression m, e; symbol TRUE, FALSE, true, false; position q; @@
(
  vm_page_xbusied(m)
|
  vm_page_sleep_if_busy(m, \(FALSE\|0\|false\), ...)
)
  ... when != vm_page_sbusied(m)
      when != vm_page_busied(m)
      when != vm_page_wakeup(m)
      when != m = e
  vm_page_busy@q(m)

@@ position hard.q; @@
- vm_page_busy@q
+ kpi_busy_also
  (...)

@hards exists@ expression m, e; symbol TRUE, FALSE, true, false; position p; @@
(
  vm_page_xbusied@p(m)
|
  vm_page_sleep_if_busy@p(m, \(FALSE\|0\|false\), ...)
)
  ... when any
      when != vm_page_wakeup(m)
      when != m = e
  kpi_busy_also(m)

@@ position hards.p; expression m, w; symbol TRUE, FALSE, true, false; @@
(
- vm_page_xbusied@p(m)
+ vm_page_busied(m)
|
- vm_page_sleep_if_busy@p(m, \(FALSE\|0\|false\), w)
+ vm_page_sleep_if_busy(m, TRUE, w)
)

@@ expression m; @@
+ /* KPI: one busied shared counts as busy now, too. */
- kpi_busy_also(m);
+ vm_page_busy(m);

// Pages of an array that are busied only while another is slept on: shared
// suffices to keep them, and does not mind a count.
@park exists@ expression a, i, j, m; position p, q; @@
  vm_page_busy@p(a[i])
  ... when != vm_page_wakeup(a[i])
  \(vm_page_sleep(m, ...)\|vm_page_sleep_if_busy(m, ...)\)
  ...
  vm_page_wakeup@q(a[j])

@@ position park.p, park.q; @@
(
- vm_page_busy@p
+ kpi_park
|
- vm_page_wakeup@q
+ vm_page_io_finish
)
  (...)

@@ expression m; @@
+ /* KPI: shared now: keeps it as well, over a count. */
- kpi_park(m);
+ vm_page_io_start(m);

// From exclusive to shared: never both.
@@ expression m; @@
- vm_page_io_start(m);
  vm_page_wakeup(m);
+ vm_page_io_start(m);

// Looked up and taken, not tested.  (Tested where it is looked up is another
// thing.)
@tested@
expression m;
identifier f = {vm_page_lookup, vm_page_find_least, vm_page_next, vm_page_prev};
position a;
@@
  (m =@a f(...)) != NULL && <+... \(vm_page_sleep_if_busy\|vm_page_busied\|
    vm_page_xbusied\|vm_page_sbusied\) (m, ...) ...+>

@untested exists@
expression m, e;
identifier f = {vm_page_lookup, vm_page_find_least, vm_page_next, vm_page_prev};
identifier g = {vm_page_busy, vm_page_io_start};
identifier t = {vm_page_busied, vm_page_xbusied, vm_page_sbusied,
    vm_page_sleep_if_busy};
position a != tested.a, p;
@@
  m =@a f(...)
  ... when != t(m, ...)
      when != m = e
  g@p(m)

@@ position untested.p; expression m; @@
(
+ /* KPI: panics if it is busied: test, or try? */
  vm_page_busy@p(m);
|
+ /* KPI: panics if it is busied exclusively: test, or try? */
  vm_page_io_start@p(m);
)
