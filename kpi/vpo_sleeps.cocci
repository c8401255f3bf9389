// Sleeps on a page.
//
// vpo_to_sxbusy.cocci says how the patches are run and written.
// 9.x slept with the object's mutex as interlock and had it again on return.
// Now the page lock is the interlock, taken before the object lock is dropped;
// what relocks the object is remembered, for m->object may be anything by then.

// ---- The sleeps -------------------------------------------------------------

// Of sleep_if_busy(m, TRUE) only the argument goes, unless the page is locked
// or m->object's lock is used after the sleep.
@after exists@
expression m, e, b, w;
identifier lock =~ "^VM_OBJECT_";
position p;
@@
  if (<+... vm_page_sleep_if_busy@p(m, b, w) ...+>) {
    ... when != m = e
    \(lock(m->object, ...)\|&m->object->mtx\)
    ... when any
  }

@@ position after.p; @@
- vm_page_sleep_if_busy@p
+ kpi_sleep_if_busy
  (...)

@@ expression m, w; symbol TRUE, true; @@
  vm_page_sleep_if_busy(m,
- \(TRUE\|1\|true\),
  w)

// The others are opened.  First
//	kpi_test(f, argument, test, m, msg)	f being the call it was
// where the sleep is not the last thing the condition asks, it stays a call;
// then the test, and in the branch taken
//	kpi_sleep(f, m, msg, object)
@@ expression m, w, b; @@
- vm_page_sleep_if_busy(m, b, w)
+ kpi_sleep_if_busy(m, b, w)

@@
expression m, w, b;
symbol TRUE, FALSE, true, false;
identifier f = {kpi_sleep_if_busy, kpi_sleep_if_busy_held};
@@
(
- f(m, \(TRUE\|1\|true\), w)
+ kpi_test(f, TRUE, vm_page_busied(m), m, w)
|
- f(m, \(FALSE\|0\|false\), w)
+ kpi_test(f, FALSE, vm_page_xbusied(m), m, w)
|
- f(m, b, w)
+ kpi_test(f, b, (b ? vm_page_busied(m) : vm_page_xbusied(m)), m, w)
)

@@ expression e; statement S, S2; @@
(
  if (
- kpi_test
+ kpi_last
  (...)) S
|
  if (e &&
- kpi_test
+ kpi_last
  (...)) S
|
  if (
- kpi_test
+ kpi_last
  (...)) S else S2
|
  if (e &&
- kpi_test
+ kpi_last
  (...)) S else S2
|
  while (
- kpi_test
+ kpi_last
  (...)) S
|
  while (e &&
- kpi_test
+ kpi_last
  (...)) S
)

@@ identifier f; expression b, t, m, w; @@
  while (<+...
- kpi_last(f, b, t, m, w)
+ t
  ...+>) {
+ 	kpi_sleep(f, m, w, m->object);
  	...
  }

@@ identifier f; expression b, t, m, w; statement S; @@
  while (<+...
- kpi_last(f, b, t, m, w)
+ t
  ...+>)
+ {
+ 	kpi_sleep(f, m, w, m->object);
  	S
+ }

@@ identifier f; expression b, t, m, w; @@
  if (<+...
- kpi_last(f, b, t, m, w)
+ t
  ...+>) {
+ 	kpi_sleep(f, m, w, m->object);
  	...
  }

@@ identifier f; expression b, t, m, w; statement S; @@
  if (<+...
- kpi_last(f, b, t, m, w)
+ t
  ...+>)
+ {
+ 	kpi_sleep(f, m, w, m->object);
  	S
+ }

@@ identifier f; expression b, t, m, w; statement S; @@
  if (<+...
- kpi_last(f, b, t, m, w)
+ t
  ...+>) {
+ 	kpi_sleep(f, m, w, m->object);
  	...
  } else S

@@ identifier f; expression b, t, m, w; statement S, S2; @@
  if (<+...
- kpi_last(f, b, t, m, w)
+ t
  ...+>)
+ {
+ 	kpi_sleep(f, m, w, m->object);
  	S
- else
+ } else
  S2

@@ identifier f; expression b, t, m, w, x; statement S; @@
(
- if (!kpi_test(f, b, t, m, w)) S
+ if (t) {
+ 	kpi_sleep(f, m, w, m->object);
+ } else S
|
- kpi_test(f, b, t, m, w);
+ if (t) {
+ 	kpi_sleep(f, m, w, m->object);
+ }
|
- (void)kpi_test(f, b, t, m, w);
+ if (t) {
+ 	kpi_sleep(f, m, w, m->object);
+ }
|
- return kpi_test(f, b, t, m, w);
+ if (t) {
+ 	kpi_sleep(f, m, w, m->object);
+ 	return (1);
+ }
+ return (0);
|
- return (kpi_test(f, b, t, m, w));
+ if (t) {
+ 	kpi_sleep(f, m, w, m->object);
+ 	return (1);
+ }
+ return (0);
|
- x = kpi_test(f, b, t, m, w);
+ x = t;
+ if (x) {
+ 	kpi_sleep(f, m, w, m->object);
+ }
)

@@ expression a, b, c; statement S; @@
  if (
- (a ? b : c)
+ a ? b : c
  ) S

@@ expression b, t, m, w; identifier f; @@
- kpi_test(f, b, t, m, w)
+ vm_page_sleep_if_busy(m, b, w)

// Sleeps that were unconditional, by call or by hand.
@@ expression m, w; identifier f = {vm_page_sleep, kpi_sleep_held}; @@
- f(m, w);
+ kpi_sleep(f, m, w, m->object);

@@ expression m, o, w, p, e; @@
- m->oflags |= VPO_WANTED;
  ... when != m = e
(
- msleep(m, VM_OBJECT_MTX(o), \(PDROP | p\|p | PDROP\), w, 0);
+ kpi_sleep(vm_page_sleep, m, w, o);
+ VM_OBJECT_UNLOCK(o);
|
- msleep(m, VM_OBJECT_MTX(o), p, w, 0);
+ kpi_sleep(vm_page_sleep, m, w, o);
)
