/*
 * Tests of a page's busy state that are more than a condition (those are in
 * tests.tsv), and what tools/kpi-convert makes of each: see idioms_calls.c.
 */
#include <sys/systm.h>
#include <sys/mutex.h>
#include <vm/vm.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>

void	idiom_assert(vm_page_t m);
int	idiom_number(vm_page_t m);
int	idiom_value(vm_page_t m, int which);
int	idiom_loop(vm_page_t m);
int	idiom_long(vm_page_t m, vm_page_t my_neighbour);
void	idiom_by_hand(vm_page_t m);

/* In assertions, and the count as a count. */
void
idiom_assert(vm_page_t m)
{
#ifdef OLD
	KASSERT(m->oflags & VPO_BUSY, ("page %p not busy, %#x", m, m->oflags));
	KASSERT(m->busy == 0, ("page %p busy %d", m, m->busy));
	KASSERT((m->oflags & VPO_BUSY) == 0 && m->busy == 0,
#else
	KASSERT(vm_page_xbusied(m), ("page %p not busy, %#x", m, m->oflags));
	KASSERT(!vm_page_sbusied(m), ("page %p busy %d", m,
	    VPB_SHARERS(m->busy_lock)));
	KASSERT(!vm_page_busied(m),
#endif
	    ("page %p busy", m));
}

int
idiom_number(vm_page_t m)
{
#ifdef OLD
	int n = m->busy;
#else
	int n = VPB_SHARERS(m->busy_lock);
#endif

#ifdef OLD
	if (m->busy == 1)
#else
	if (VPB_SHARERS(m->busy_lock) == 1)
#endif
		n++;
#ifdef OLD
	if (m->busy > 1)
		n = m->busy - 1;
#else
	if (VPB_SHARERS(m->busy_lock) > 1)
		n = VPB_SHARERS(m->busy_lock) - 1;
#endif
	return (n);
}

int
idiom_value(vm_page_t m, int which)
{
	int x;

#ifdef OLD
	x = m->oflags & VPO_BUSY;
	x = (m->oflags & VPO_BUSY) ? 1 : 2;
	x = m->busy ? x : 2;
#else
	x = vm_page_xbusied(m);
	x = vm_page_xbusied(m) ? 1 : 2;
	x = vm_page_sbusied(m) ? x : 2;
#endif
	if (which == 0)
#ifdef OLD
		return (m->oflags & VPO_BUSY);
#else
		return (vm_page_xbusied(m));
#endif
	if (which == 1)
#ifdef OLD
		return ((m->oflags & VPO_BUSY) != 0);
#else
		return (vm_page_xbusied(m));
#endif
	if (which == 2)
#ifdef OLD
		return (m->oflags & VPO_BUSY || m->busy);
#else
		return (vm_page_busied(m));
#endif
	return (x);
}

int
idiom_loop(vm_page_t m)
{
	int n = 0;

#ifdef OLD
	while ((m->oflags & VPO_BUSY) || m->busy)
#else
	while (vm_page_busied(m))
#endif
		n++;
#ifdef OLD
	while (m->busy)
#else
	while (vm_page_sbusied(m))
#endif
		n++;
	return (n);
}

/* What vm_page_busy(), _wakeup(), _io_start() and _io_finish() do. */
void
idiom_by_hand(vm_page_t m)
{
#ifdef OLD
	m->oflags |= VPO_BUSY;
	m->oflags &= ~VPO_BUSY;
	vm_page_flash(m);
	m->busy++;
	m->busy--;
#else
	vm_page_xbusy(m);
	vm_page_xunbusy(m);
	vm_page_sbusy(m);
	vm_page_sunbusy(m);
#endif
}

/* A line that grows is broken. */
int
idiom_long(vm_page_t m, vm_page_t my_neighbour)
{
	if (m->valid != 0 && m->wire_count == 0 && m->hold_count == 0 &&
#ifdef OLD
	    m->dirty == 0 && m->act_count == 0 && !my_neighbour->busy) {
#else
	    m->dirty == 0 && m->act_count == 0 &&
	    !vm_page_sbusied(my_neighbour)) {
#endif
		return (1);
	}
	return (0);
}
