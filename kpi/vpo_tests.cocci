// Tests of a page's busy state, in all their spellings: m->oflags & VPO_BUSY
// becomes vm_page_xbusied(m), m->busy vm_page_sbusied(m), both together
// vm_page_busied(m), and a count that is used as a number VPB_SHARERS().
//
// The first of four; vpo_to_sxbusy.cocci says how they are run and written.

// By hand what vm_page_busy(), _wakeup(), _flash() do.
@@ expression m; @@
(
- m->oflags |= VPO_BUSY
+ vm_page_busy(m)
|
- m->oflags &= ~VPO_BUSY
+ vm_page_wakeup(m)
|
- m->oflags &= ~(VPO_BUSY | VPO_WANTED)
+ vm_page_wakeup(m)
|
- m->oflags &= ~(VPO_WANTED | VPO_BUSY)
+ vm_page_wakeup(m)
)

@@ expression m; @@
 vm_page_wakeup(m);
- vm_page_flash(m);

@@ expression m; @@
- if (\(m->oflags & VPO_WANTED\|(m->oflags & VPO_WANTED) != 0\) ) {
- 	m->oflags &= ~VPO_WANTED;
- 	wakeup(m);
- }
+ vm_page_flash(m);

// One order of operands, then VPO_BUSY among other flags, then alone.
@@ expression m, x, y; @@
(
- VPO_BUSY & m->oflags
+ m->oflags & VPO_BUSY
|
  m->oflags &
- (VPO_BUSY | x | y)
+ (VPO_BUSY | (x | y))
|
  m->oflags &
- (x | VPO_BUSY | y)
+ (VPO_BUSY | (x | y))
|
  m->oflags &
- (x | y | VPO_BUSY)
+ (VPO_BUSY | (x | y))
|
  m->oflags &
- (x | VPO_BUSY)
+ (VPO_BUSY | x)
)

// Several flags that nothing is compared with are a truth value where one is
// asked for; elsewhere they are a number, and left.
@@ expression m, x, a, b; @@
(
- !!(m->oflags & (VPO_BUSY | x))
+ (m->oflags & (VPO_BUSY | x)) != 0
|
- !(m->oflags & (VPO_BUSY | x))
+ (m->oflags & (VPO_BUSY | x)) == 0
|
- (m->oflags & (VPO_BUSY | x))
+ (m->oflags & (VPO_BUSY | x)) != 0
  ? a : b
|
  KASSERT(
- m->oflags & (VPO_BUSY | x)
+ (m->oflags & (VPO_BUSY | x)) != 0
  , ...)
)

@@ expression m, x; statement S1, S2; @@
(
  if (
- m->oflags & (VPO_BUSY | x)
+ (m->oflags & (VPO_BUSY | x)) != 0
  ) S1 else S2
|
  if (
- m->oflags & (VPO_BUSY | x)
+ (m->oflags & (VPO_BUSY | x)) != 0
  ) S1
|
  while (
- m->oflags & (VPO_BUSY | x)
+ (m->oflags & (VPO_BUSY | x)) != 0
  ) S1
)

@@ expression m, x, e; @@
(
- (m->oflags & (VPO_BUSY | x))
+ (m->oflags & (VPO_BUSY | x)) != 0
  || e
|
- m->oflags & (VPO_BUSY | x)
+ (m->oflags & (VPO_BUSY | x)) != 0
  || e
|
- (m->oflags & (VPO_BUSY | x))
+ (m->oflags & (VPO_BUSY | x)) != 0
  && e
|
- m->oflags & (VPO_BUSY | x)
+ (m->oflags & (VPO_BUSY | x)) != 0
  && e
)

@@ expression m, x, e; @@
(
  e ||
- (m->oflags & (VPO_BUSY | x))
+ (m->oflags & (VPO_BUSY | x)) != 0
|
  e ||
- m->oflags & (VPO_BUSY | x)
+ (m->oflags & (VPO_BUSY | x)) != 0
|
  e &&
- (m->oflags & (VPO_BUSY | x))
+ (m->oflags & (VPO_BUSY | x)) != 0
|
  e &&
- m->oflags & (VPO_BUSY | x)
+ (m->oflags & (VPO_BUSY | x)) != 0
)

@@ expression m, x; @@
(
- (m->oflags & (VPO_BUSY | x)) == 0
+ !vm_page_xbusied(m) && (m->oflags & x) == 0
|
- (m->oflags & (VPO_BUSY | x)) == VPO_BUSY
+ vm_page_xbusied(m) && (m->oflags & x) == 0
|
- (m->oflags & (VPO_BUSY | x)) == (VPO_BUSY | x)
+ vm_page_xbusied(m) && (m->oflags & x) == x
|
- (m->oflags & (VPO_BUSY | x)) == (x | VPO_BUSY)
+ vm_page_xbusied(m) && (m->oflags & x) == x
|
- (m->oflags & (VPO_BUSY | x)) == x
+ !vm_page_xbusied(m) && (m->oflags & x) == x
|
- (m->oflags & (VPO_BUSY | x)) != 0
+ (vm_page_xbusied(m) || (m->oflags & x) != 0)
)

@@ expression m, x, y; @@
(
  (m->oflags &
- ((x | y))
+ (x | y)
  ) != 0
|
  (m->oflags &
- ((x | y))
+ (x | y)
  ) == 0
)

@@ expression m, x, e; identifier f = vm_page_xbusied; @@
(
- f(m) && (m->oflags & x) == 0
+ (f(m) && (m->oflags & x) == 0)
  || e
|
- !f(m) && (m->oflags & x) == 0
+ (!f(m) && (m->oflags & x) == 0)
  || e
|
  e ||
- f(m) && (m->oflags & x) == 0
+ (f(m) && (m->oflags & x) == 0)
|
  e ||
- !f(m) && (m->oflags & x) == 0
+ (!f(m) && (m->oflags & x) == 0)
)

@@ expression m, x; statement S; @@
(
  if (
- (vm_page_xbusied(m) || (m->oflags & x) != 0)
+ vm_page_xbusied(m) || (m->oflags & x) != 0
  ) S
|
- return ((vm_page_xbusied(m) || (m->oflags & x) != 0));
+ return (vm_page_xbusied(m) || (m->oflags & x) != 0);
)

@@ expression m; @@
(
- (m->oflags & VPO_BUSY) != 0
+ vm_page_xbusied(m)
|
- (m->oflags & VPO_BUSY) == VPO_BUSY
+ vm_page_xbusied(m)
|
- VPO_BUSY == (m->oflags & VPO_BUSY)
+ vm_page_xbusied(m)
|
- 0 != (m->oflags & VPO_BUSY)
+ vm_page_xbusied(m)
|
- (m->oflags & VPO_BUSY) == 0
+ !vm_page_xbusied(m)
|
- (m->oflags & VPO_BUSY) != VPO_BUSY
+ !vm_page_xbusied(m)
|
- 0 == (m->oflags & VPO_BUSY)
+ !vm_page_xbusied(m)
|
- (m->oflags & VPO_BUSY)
+ vm_page_xbusied(m)
|
- m->oflags & VPO_BUSY
+ vm_page_xbusied(m)
)

@@ expression m; @@
(
- (m->oflags & VPO_WANTED) == VPO_WANTED
+ (m->busy_lock & VPB_BIT_WAITERS) != 0
|
- (m->oflags & VPO_WANTED) != VPO_WANTED
+ (m->busy_lock & VPB_BIT_WAITERS) == 0
|
- (m->oflags & VPO_WANTED)
+ (m->busy_lock & VPB_BIT_WAITERS)
|
- m->oflags & VPO_WANTED
+ m->busy_lock & VPB_BIT_WAITERS
)

// One of another structure is none of ours: kpi-convert gives it its name back.
@@ identifier s != vm_page; struct s *e; @@
- e->busy
+ e->kpi_other_busy

@@ identifier s != vm_page; struct s e; @@
- e.busy
+ e.kpi_other_busy

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

@@ expression m; identifier f = {vm_page_xbusied, vm_page_sbusied, vm_page_busied}; @@
(
- return f(m);
+ return (f(m));
|
- f((m))
+ f(m)
)
