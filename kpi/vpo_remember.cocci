// Where the object of a page that is slept on is kept, so that it can be
// relocked.
//
// vpo_to_sxbusy.cocci says how the patches are run and written.
// What it opens vpo_sleeps.cocci has marked.

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
+ kpi_relock(f, m, w, o);
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

// After it the object that was relocked is unlocked, locked, asserted or slept
// with.  Anything else that asks for m->object is to hear what it is by then.
@@ expression m; identifier lock =~ "^VM_OBJECT_"; @@
(
  lock(
- m->object
+ kpi_object_of(m)
  , ...)
|
- &m->object->mtx
+ VM_OBJECT_MTX(kpi_object_of(m))
)

@@ expression m, w, e; identifier f, o; @@
  while (...) {
- 	kpi_remember(f, m, w, o);
+ 	vm_object_t o = m->object;
+
+ 	kpi_relock(f, m, w, o);
  	<... when != m = e
- 	kpi_object_of(m)
+ 	o
  	...>
  }

@@ expression m, w, e; identifier f, o; @@
  if (...) {
- 	kpi_remember(f, m, w, o);
+ 	vm_object_t o = m->object;
+
+ 	kpi_relock(f, m, w, o);
  	<... when != m = e
- 	kpi_object_of(m)
+ 	o
  	...>
  }

@@ expression m, w, e; identifier f, o; statement S; @@
  if (...) {
- 	kpi_remember(f, m, w, o);
+ 	vm_object_t o = m->object;
+
+ 	kpi_relock(f, m, w, o);
  	<... when != m = e
- 	kpi_object_of(m)
+ 	o
  	...>
  } else S

@@ expression m, w; identifier f, o; @@
- kpi_remember(f, m, w, o);
+ {
+ 	vm_object_t o = m->object;
+
+ 	kpi_relock(f, m, w, o);
+ }

@@ expression m; @@
- kpi_object_of(m)
+ m->object

@@ expression m, w, o; identifier f; @@
- kpi_relock(f, m, w, o);
+ kpi_lock(f, m);
+ VM_OBJECT_WUNLOCK(o);
+ vm_page_busy_sleep(m, w);
+ VM_OBJECT_WLOCK(o);

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
