// Locks of a page that are not seen: over the ends of a busy behind them a
// comment says so.
//
// Behind vpo_end; vpo_to_sxbusy.cocci says how they are run and written.

@still@ identifier f = {vm_page_wakeup, vm_page_io_finish}; @@
f(...)

// The mutex kept or handed on; what is left of its other uses are questions.
@question@ expression n; position p; @@
\(mtx_owned\|mtx_assert\)(vm_page_lockptr@p(n), ...)

@handed depends on still exists@
expression m, n;
identifier f = {vm_page_wakeup, vm_page_io_finish};
position q != question.p;
position p;
@@
vm_page_lockptr@q(n)
  ... when any
  f@p(m);

@@ position handed.p; identifier f; expression m; @@
+ /* KPI: a page may be locked here, and must not be. */
  f@p(m);

// Functions of the file that leave a page locked, and macros that lock one.
@leaves depends on still exists@
expression n;
identifier fn;
identifier lock = {vm_page_lock, kpi_mtx_lock};
identifier try = {vm_page_trylock, kpi_mtx_trylock};
identifier unlock = {vm_page_unlock, kpi_mtx_unlock};
statement S;
position q != question.p;
@@
  fn(...)
  {
  	... when any
(
  	lock(n);
|
  	if (\(!try(n)\|try(n) == 0\)) S
|
  	return (try(n));
|
  	return try(n);
|
  	vm_page_lockptr@q(n)
)
  	... when != unlock(n)
  	    when != vm_page_busy_sleep(n, ...)
  }

@called exists@
expression m;
identifier leaves.fn;
identifier f = {vm_page_wakeup, vm_page_io_finish};
position p;
@@
fn(...)
  ... when any
  f@p(m);

@@ position called.p; identifier f; expression m; @@
+ /* KPI: a page may be locked here, and must not be. */
  f@p(m);

@balanced depends on still@
expression n;
identifier macro;
identifier unlock = {vm_page_unlock, kpi_mtx_unlock};
@@
  #define macro(...) <+... unlock(n) ...+>

@released@ identifier balanced.macro; position p; @@
macro@p(...)

@locking depends on still@
expression n;
identifier macro;
identifier lock = {vm_page_lock, vm_page_trylock, kpi_mtx_lock, kpi_mtx_trylock,
	vm_page_lockptr};
@@
  #define macro(...) <+... lock(n) ...+>

@used exists@
expression m;
identifier locking.macro;
identifier f = {vm_page_wakeup, vm_page_io_finish};
position q != released.p;
position p;
@@
macro@q(...)
  ... when any
  f@p(m);

@@ position used.p; identifier f; expression m; @@
+ /* KPI: a page may be locked here, and must not be. */
  f@p(m);

// ---- The names again -------------------------------------------------------

@@ expression n, e; @@
(
- kpi_mtx_lock(n)
+ mtx_lock(vm_page_lockptr(n))
|
- kpi_mtx_unlock(n)
+ mtx_unlock(vm_page_lockptr(n))
|
- kpi_mtx_trylock(n)
+ mtx_trylock(vm_page_lockptr(n))
|
- kpi_mtx_owned(n, e)
+ mtx_assert(vm_page_lockptr(n), e)
|
- kpi_owned
+ vm_page_lock_assert
  (n, e)
)
