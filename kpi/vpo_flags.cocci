// Tests of VPO_BUSY and VPO_WANTED, in all their spellings: m->oflags &
// VPO_BUSY becomes vm_page_xbusied(m), other flags beside it being asked for
// apart.
//
// vpo_to_sxbusy.cocci says how the patches are run and written.

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

@@ expression m; identifier f = {vm_page_busy, vm_page_wakeup}; @@
- f((m))
+ f(m)

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

@@ expression m, x; @@
- ((vm_page_xbusied(m) || (m->oflags & x) != 0))
+ (vm_page_xbusied(m) || (m->oflags & x) != 0)

@@ expression m, x; statement S, S2; @@
(
  if (
- (vm_page_xbusied(m) || (m->oflags & x) != 0)
+ vm_page_xbusied(m) || (m->oflags & x) != 0
  ) S else S2
|
  if (
- (vm_page_xbusied(m) || (m->oflags & x) != 0)
+ vm_page_xbusied(m) || (m->oflags & x) != 0
  ) S
|
  while (
- (vm_page_xbusied(m) || (m->oflags & x) != 0)
+ vm_page_xbusied(m) || (m->oflags & x) != 0
  ) S
|
  KASSERT(
- (vm_page_xbusied(m) || (m->oflags & x) != 0)
+ vm_page_xbusied(m) || (m->oflags & x) != 0
  , ...);
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
// What has a type that is known, here or by its name, is no page's.
@@ type T; T *e; struct vm_page *m; typedef vm_page_t; vm_page_t p; @@
(
  m->busy
|
  p->busy
|
- e->busy
+ e->kpi_other_busy
)

@@ type T; T e; struct vm_page m; @@
(
  m.busy
|
- e.busy
+ e.kpi_other_busy
)
