// Tests of a page's count, in all their spellings: m->busy becomes
// vm_page_sbusied(m), together with vm_page_xbusied(m) vm_page_busied(m), and
// where it is used as a number VPB_SHARERS().
//
// vpo_to_sxbusy.cocci says how the patches are run and written.

// `busy' is a name that other structures have, too: of a page are those whose
// type says so, or that are used as one, or are called pages.
@page@ expression e; @@
(
 e->oflags
|
 vm_page_xbusied(e)
|
 vm_page_lock(e)
|
 vm_page_io_start(e)
|
 vm_page_io_finish(e)
|
 vm_page_busy(e)
|
 vm_page_wakeup(e)
)

@@ expression page.e; @@
- e->busy
+ e->kpi_soft

@@ typedef vm_page_t; vm_page_t m; @@
- m->busy
+ m->kpi_soft

@@ struct vm_page *m; @@
- m->busy
+ m->kpi_soft

@@ expression e, i; identifier f =~ "page"; @@
(
- e->f[i]->busy
+ e->f[i]->kpi_soft
|
- e->f->busy
+ e->f->kpi_soft
)

@@ expression m; @@
- (m->kpi_soft)
+ m->kpi_soft

@@ expression m; @@
(
- m->kpi_soft++;
+ vm_page_io_start(m);
|
- ++m->kpi_soft;
+ vm_page_io_start(m);
|
- m->kpi_soft += 1;
+ vm_page_io_start(m);
|
- m->kpi_soft--;
+ vm_page_io_finish(m);
|
- --m->kpi_soft;
+ vm_page_io_finish(m);
|
- m->kpi_soft -= 1;
+ vm_page_io_finish(m);
)

// Changed in any other way it is left.
@@ expression m, e; assignment operator op; @@
(
  m->
- kpi_soft
+ busy
  op e
|
  m->
- kpi_soft
+ busy
  ++
|
  m->
- kpi_soft
+ busy
  --
|
  ++m->
- kpi_soft
+ busy
|
  --m->
- kpi_soft
+ busy
|
  &m->
- kpi_soft
+ busy
)

// Either kind, or-ed bit by bit; then the count alone.
@@ expression m; @@
(
- vm_page_xbusied(m) | m->kpi_soft
+ vm_page_busied(m)
|
- m->kpi_soft | vm_page_xbusied(m)
+ vm_page_busied(m)
)

@@ expression m; @@
(
- (vm_page_busied(m)) != 0
+ vm_page_busied(m)
|
- (vm_page_busied(m)) == 0
+ !vm_page_busied(m)
)

@@ expression m; @@
(
- m->kpi_soft != 0
+ vm_page_sbusied(m)
|
- m->kpi_soft > 0
+ vm_page_sbusied(m)
|
- m->kpi_soft >= 1
+ vm_page_sbusied(m)
|
- 0 != m->kpi_soft
+ vm_page_sbusied(m)
|
- 0 < m->kpi_soft
+ vm_page_sbusied(m)
|
- m->kpi_soft == 0
+ !vm_page_sbusied(m)
|
- m->kpi_soft < 1
+ !vm_page_sbusied(m)
|
- m->kpi_soft <= 0
+ !vm_page_sbusied(m)
|
- 0 == m->kpi_soft
+ !vm_page_sbusied(m)
|
- !m->kpi_soft
+ !vm_page_sbusied(m)
)

// As a truth value.
@@ expression m, e; @@
(
- m->kpi_soft
+ vm_page_sbusied(m)
  || e
|
  e ||
- m->kpi_soft
+ vm_page_sbusied(m)
|
- m->kpi_soft
+ vm_page_sbusied(m)
  && e
|
  e &&
- m->kpi_soft
+ vm_page_sbusied(m)
)

@@ expression m; statement S1, S2; @@
(
 if (
- m->kpi_soft
+ vm_page_sbusied(m)
 ) S1 else S2
|
 if (
- m->kpi_soft
+ vm_page_sbusied(m)
 ) S1
|
 while (
- m->kpi_soft
+ vm_page_sbusied(m)
 ) S1
)

@@ expression m, a, b; @@
- m->kpi_soft
+ vm_page_sbusied(m)
  ? a : b

// As a number.
@@ expression m; @@
- m->kpi_soft
+ VPB_SHARERS(m->busy_lock)

// Parentheses that are no longer needed, then both kinds at once.
@@ expression m, e; identifier f = {vm_page_xbusied, vm_page_sbusied}; @@
(
- (f(m))
+ f(m)
  || e
|
- (!f(m))
+ !f(m)
  && e
)

@@ expression m, e; identifier f = {vm_page_xbusied, vm_page_sbusied}; @@
(
  e ||
- (f(m))
+ f(m)
|
  e &&
- (!f(m))
+ !f(m)
)

@@ expression m, e, x; @@
(
- (vm_page_xbusied(m) || (m->oflags & x) != 0) || vm_page_sbusied(m)
+ vm_page_busied(m) || (m->oflags & x) != 0
|
  e ||
- (vm_page_xbusied(m) || (m->oflags & x) != 0)
+ vm_page_xbusied(m) || (m->oflags & x) != 0
)

@@ expression m, e; @@
(
  e ||
- vm_page_xbusied(m) || vm_page_sbusied(m)
+ vm_page_busied(m)
|
  e ||
- vm_page_sbusied(m) || vm_page_xbusied(m)
+ vm_page_busied(m)
|
- vm_page_xbusied(m) || vm_page_sbusied(m)
+ vm_page_busied(m)
|
- vm_page_sbusied(m) || vm_page_xbusied(m)
+ vm_page_busied(m)
|
  e &&
- !vm_page_xbusied(m) && !vm_page_sbusied(m)
+ !vm_page_busied(m)
|
  e &&
- !vm_page_sbusied(m) && !vm_page_xbusied(m)
+ !vm_page_busied(m)
|
- !vm_page_xbusied(m) && !vm_page_sbusied(m)
+ !vm_page_busied(m)
|
- !vm_page_sbusied(m) && !vm_page_xbusied(m)
+ !vm_page_busied(m)
)

@@ expression m, e; @@
(
- !(vm_page_busied(m))
+ !vm_page_busied(m)
|
- (vm_page_busied(m))
+ vm_page_busied(m)
  || e
|
  e ||
- (vm_page_busied(m))
+ vm_page_busied(m)
|
- (vm_page_busied(m))
+ vm_page_busied(m)
  && e
|
  e &&
- (vm_page_busied(m))
+ vm_page_busied(m)
)

@@
expression m;
identifier f = {vm_page_xbusied, vm_page_sbusied, vm_page_busied};
@@
- f((m))
+ f(m)

// All of a macro's body keeps its parentheses.
@body@
identifier x;
expression m;
identifier f = {vm_page_xbusied, vm_page_sbusied, vm_page_busied};
position p;
@@
(
#define x(...) (f@p(m))
|
#define x (f@p(m))
)

@@
expression m;
identifier f = {vm_page_xbusied, vm_page_sbusied, vm_page_busied};
position p != body.p;
@@
- (f@p(m))
+ f(m)

@@
expression m;
identifier f = {vm_page_xbusied, vm_page_sbusied, vm_page_busied};
@@
- return f(m);
+ return (f(m));

@@ expression e; @@
- return VPB_SHARERS(e);
+ return (VPB_SHARERS(e));
