// Sleeps on a page.
//
// The fifth; vpo_to_sxbusy.cocci says how they are run and written.
// 9.x slept with the object's mutex as interlock and had it again on return.
// Now the page lock is the interlock, taken before the object lock is dropped;
// what relocks the object is remembered, for m->object may be anything by then.

// ---- The sleeps -------------------------------------------------------------

// Of sleep_if_busy(m, TRUE) only the argument goes, unless the page is locked
// or m->object is used after the sleep.
@after exists@ expression m, e, b, w; position p; @@
  if (<+... vm_page_sleep_if_busy@p(m, b, w) ...+>) {
    ... when != m = e
    m->object
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

// The object is not wanted back; it is not reached through the page; or it is
// remembered, in the block that the sleep begins, or one of its own.
@@ expression m, w, o, u; identifier f; @@
- kpi_sleep(f, m, w, o);
- VM_OBJECT_UNLOCK(u);
+ kpi_lock(f, m);
+ VM_OBJECT_WUNLOCK(u);
+ vm_page_busy_sleep(m, w);

@@ expression m, w, o; identifier f; @@
(
  kpi_sleep(f, m, w, m->object);
|
- kpi_sleep(f, m, w, o);
+ kpi_lock(f, m);
+ VM_OBJECT_WUNLOCK(o);
+ vm_page_busy_sleep(m, w);
+ VM_OBJECT_WLOCK(o);
)

// What is inside another's block has a name of its own.
@@ expression m, w; identifier f; symbol page_object; @@
- kpi_sleep(f, m, w, m->object);
+ kpi_remember(f, m, w, page_object);

@inner exists@
expression m, w, n, v;
identifier f, g;
statement S;
symbol page_object;
position p;
@@
(
  while (...) {
  	kpi_remember(f, m, w, page_object);
  	... when any
  	kpi_remember@p(g, n, v, page_object);
  	... when any
  }
|
  if (...) {
  	kpi_remember(f, m, w, page_object);
  	... when any
  	kpi_remember@p(g, n, v, page_object);
  	... when any
  }
|
  if (...) {
  	kpi_remember(f, m, w, page_object);
  	... when any
  	kpi_remember@p(g, n, v, page_object);
  	... when any
  } else S
)

@@
position inner.p;
expression n, v;
identifier g;
symbol page_object, page_object2;
@@
- kpi_remember@p(g, n, v, page_object);
+ kpi_remember(g, n, v, page_object2);

@innermost exists@
expression m, w, n, v;
identifier f, g;
statement S;
symbol page_object2;
position p;
@@
(
  while (...) {
  	kpi_remember(f, m, w, page_object2);
  	... when any
  	kpi_remember@p(g, n, v, page_object2);
  	... when any
  }
|
  if (...) {
  	kpi_remember(f, m, w, page_object2);
  	... when any
  	kpi_remember@p(g, n, v, page_object2);
  	... when any
  }
|
  if (...) {
  	kpi_remember(f, m, w, page_object2);
  	... when any
  	kpi_remember@p(g, n, v, page_object2);
  	... when any
  } else S
)

@@
position innermost.p;
expression n, v;
identifier g;
symbol page_object2, page_object3;
@@
- kpi_remember@p(g, n, v, page_object2);
+ kpi_remember(g, n, v, page_object3);

@@ expression m, w, e; identifier f, o; @@
  while (...) {
- 	kpi_remember(f, m, w, o);
+ 	vm_object_t o = m->object;
+
+ 	kpi_lock(f, m);
+ 	VM_OBJECT_WUNLOCK(o);
+ 	vm_page_busy_sleep(m, w);
+ 	VM_OBJECT_WLOCK(o);
  	<... when != m = e
- 	m->object
+ 	o
  	...>
  }

@@ expression m, w, e; identifier f, o; @@
  if (...) {
- 	kpi_remember(f, m, w, o);
+ 	vm_object_t o = m->object;
+
+ 	kpi_lock(f, m);
+ 	VM_OBJECT_WUNLOCK(o);
+ 	vm_page_busy_sleep(m, w);
+ 	VM_OBJECT_WLOCK(o);
  	<... when != m = e
- 	m->object
+ 	o
  	...>
  }

@@ expression m, w, e; identifier f, o; statement S; @@
  if (...) {
- 	kpi_remember(f, m, w, o);
+ 	vm_object_t o = m->object;
+
+ 	kpi_lock(f, m);
+ 	VM_OBJECT_WUNLOCK(o);
+ 	vm_page_busy_sleep(m, w);
+ 	VM_OBJECT_WLOCK(o);
  	<... when != m = e
- 	m->object
+ 	o
  	...>
  } else S

@@ expression m, w; identifier f, o; @@
- kpi_remember(f, m, w, o);
+ {
+ 	vm_object_t o = m->object;
+
+ 	kpi_lock(f, m);
+ 	VM_OBJECT_WUNLOCK(o);
+ 	vm_page_busy_sleep(m, w);
+ 	VM_OBJECT_WLOCK(o);
+ }

@@ identifier f = {kpi_sleep_held, kpi_sleep_if_busy_held}; @@
- kpi_lock(f, ...);

@@ identifier f; expression m; @@
- kpi_lock(f, m);
+ vm_page_lock(m);

// Those named once, for a person.
@@ @@
(
- kpi_once_sleep_if_busy
+ vm_page_sleep_if_busy
|
- kpi_once_sleep
+ vm_page_sleep
)
  (...)

@@ expression m; @@
+ /* KPI: not converted: it wants the page locked. */
- kpi_once_flash
+ vm_page_flash
  (m);
