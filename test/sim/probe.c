/*
 * In a unit: addresses and what they are to be called.  What implementations
 * have of their own, test/sim/names.c looks for.
 */
#include <sys/proc.h>
#include <sys/rwlock.h>
#include <vm/pmap_pte.h>
#include <vm/uma.h>
#include <vm/vm_phys.h>
#include <test/sim/probe.h>
#include <workload/workload.h>

static struct {
	unsigned	pr_first;
	struct pa_lock	pr_locks[3];
} probed[2];

/* Static data: variables, arrays, locks, a function's own. */
static void
tell_static(sim_expect *expect, void *arg)
{
	static struct vm_shortage within[2];

	expect(arg, &vm_cnt, "vm_cnt.v_page_count");
	expect(arg, &vm_cnt.v_wire_count, "vm_cnt.v_wire_count");
	expect(arg, &pa_lock[0].pl_mtx.mtx_lock, "pa_lock[]");
	expect(arg, &pa_lock[255].pl_mtx.mtx_lock, "pa_lock[]");
	expect(arg, &pvh_global_lock.rw_lock, "pvh_global_lock");
	expect(arg, &vm_dom[63].vmd_free_mtx.mtx_lock,
	    "vm_dom[].vmd_free_mtx");
	expect(arg, &vm_dom[0].vmd_pagequeues[1].pq_cnt,
	    "vm_dom[].vmd_pagequeues[].pq_cnt");
	expect(arg, &curthread->td_park, "threads[].td_park");
	expect(arg, &probed[1].pr_first, "probed[].pr_first");
	expect(arg, &probed[1].pr_locks[2].pl_mtx, "probed[].pr_locks[]");
	expect(arg, &within[1].wakeups, "within[].wakeups");
	expect(arg, &lab_unit.lu_flavour, "lab_unit.lu_flavour");
}

static void
tell_memory(struct lab_run *run, sim_expect *expect, void *arg)
{
	struct wl_state *s = wl_state(run);
	struct wl_thread *t = &s->threads[run->lr_threads - 1];
	vm_object_t object = t->object;
	vm_page_t m = TAILQ_FIRST(&object->memq);

	expect(arg, &run->lr_stop, "lab_run.lr_stop");
	expect(arg, &run->lr_slots[t->id].ls_ops, "lab_slot.ls_ops");
	expect(arg, &t->next, "wl_thread.next");
	expect(arg, &s->spaces[t->id], "struct vmspace *");
	expect(arg, &object->size, "vm_object.size");
	expect(arg, &object->rtree, "vm_object.rtree");
	expect(arg, &m->pageq, "vm_page.pageq.tqe_next");
	expect(arg, &m->oflags, "vm_page.oflags");
	expect(arg, &m->md.pv_gen, "vm_page.md.pv_gen");
	expect(arg, &m->unmanaged, "vm_page.unmanaged");
	expect(arg, &(m + 1)->object, "vm_page.object");
	expect(arg, (char *)vm_page_dmap(m) + 8, "page bytes");
	expect(arg, &t->vm->vm_map.lock.lock_object, "vmspace.vm_map.lock");
	expect(arg, &t->vm->vm_pmap.pm_mtx.mtx_lock, "vmspace.vm_pmap.pm_mtx");
	expect(arg, t->vm->vm_pmap.pm_root, "page table");
	expect(arg, pmap_pte(&t->vm->vm_pmap, t->va, NULL), "page table");
	expect(arg, &TAILQ_FIRST(&m->md.pv_list)->pv_va, "pv_entry.pv_va");
	expect(arg, &t->vm->vm_map.tree.rbh_root->start,
	    "vm_map_entry.start");
	expect(arg, &object->reserv->vr_free, "vm_reserv.vr_free");
}

static void
tell(struct lab_run *run, sim_expect *expect, void *arg)
{
	unsigned i;

	kern_thread_attach(0);
	for (i = 0; i < run->lr_threads; i++)
		wl_fault(&wl_state(run)->threads[i],
		    wl_state(run)->threads[i].va, VM_PROT_READ);
	tell_static(expect, arg);
	tell_memory(run, expect, arg);
	kern_thread_detach();
}

static const struct sim_probe probe = { &lab_unit, tell };
DATA_SET(sim_probes, probe);
