/*
 * The page daemon beside workers: who is it, and when does it end.
 * Read <workload/beside_daemon.h> first.
 */
#include <string.h>

#include <vm/swap_pager.h>
#include <vm/vm_pageout.h>
#include <workload/beside_daemon.h>

static unsigned		roles;		/* (c) workers that serve */
static volatile unsigned working;	/* (a) workers that do not */

int
wl_daemon_setup(struct lab_run *run)
{
	static const char few[] = "too few workers: one transfers pages";

	roles = WL_DAEMON + (wl_variant(run, "iod") ? 1 : 0);
	if (run->lr_threads <= roles) {
		memcpy(run->lr_why, few, sizeof(few));
		return (ENOTSUP);
	}
	atomic_store_int(&working, run->lr_threads - roles);
	vm_pageout_begin();
	if (roles > WL_DAEMON)
		swap_iod_begin();
	return (0);
}

bool
wl_daemon_served(struct wl_thread *t)
{
	struct lab_slot *slot = &t->run->lr_slots[t->id];

	if (t->id >= roles)
		return (false);
	slot->ls_ops = 0;
	slot->ls_start_ns = md_clock_ns();
	if (t->id == 0)
		vm_pageout();
	else
		swap_iod();
	slot->ls_end_ns = md_clock_ns();
	return (true);
}

void
wl_daemon_done(struct wl_thread *t)
{

	if (t->id < roles || atomic_fetchadd_int(&working, -1U) != 1)
		return;
	vm_pageout_stop();
	if (roles > WL_DAEMON)
		swap_iod_stop();
}

void
wl_daemon_make_room(void)
{

	for (int pass = 0; vm_free_count() <= vm_cnt.v_free_min; pass++)
		if (vm_pageout_scan(pass) == 0 && pass > 2 * ACT_MAX)
			panic("wl_daemon_make_room: %u pages free after %d "
			    "passes", vm_free_count(), pass);
}
