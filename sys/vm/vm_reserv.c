/*
 * Free pages by 2 MiB frame.  Read <vm/vm_reserv.h> first.
 */
#include <sys/systm.h>
#include <vm/uma.h>
#include <vm/vm_object.h>
#include <vm/vm_phys.h>

static struct vm_reserv *
vm_reserv_of(struct vm_domain *vmd, vm_page_t m)
{

	return (&vmd->vmd_reservs[(m->phys_addr - vmd->vmd_start) >>
	    PDRSHIFT]);
}

static struct vm_reservq *
vm_reserv_list(struct vm_domain *vmd, const struct vm_reserv *vr)
{

	KASSERT(vr->vr_free > 0 && vr->vr_free <= vr->vr_pages,
	    ("vm_reserv_list: %u of %u pages free", vr->vr_free,
	    vr->vr_pages));
	return (vr->vr_free == vr->vr_pages ? &vmd->vmd_whole :
	    &vmd->vmd_part);
}

void
vm_reserv_startup(struct vm_domain *vmd)
{
	unsigned frames = howmany(vmd->vmd_page_count, VM_RESERV_PAGES), i;
	struct vm_reserv *vr;

	TAILQ_INIT(&vmd->vmd_whole);
	TAILQ_INIT(&vmd->vmd_part);
	vmd->vmd_reservs = kmem_startup_array(frames, struct vm_reserv);
	for (i = 0; i < frames; i++) {
		TAILQ_INIT(&vmd->vmd_reservs[i].vr_freeq);
		TAILQ_INSERT_TAIL(&vmd->vmd_whole, &vmd->vmd_reservs[i],
		    vr_link);
	}
	for (i = 0; i < vmd->vmd_page_count; i++) {
		vr = vm_reserv_of(vmd, &vmd->vmd_pages[i]);
		TAILQ_INSERT_TAIL(&vr->vr_freeq, &vmd->vmd_pages[i], pageq);
		vr->vr_pages = ++vr->vr_free;
	}
}

/* The frame to take from; one has a free page. */
static struct vm_reserv *
vm_reserv_choose(struct vm_domain *vmd, vm_object_t object)
{
	struct vm_reserv *vr, *part = TAILQ_FIRST(&vmd->vmd_part);

	if (object == NULL)
		return (part != NULL ? part : TAILQ_FIRST(&vmd->vmd_whole));
	/* It may be another domain's, whose mutex is not held: look last. */
	vr = object->reserv;
	if (vr < vmd->vmd_reservs || vr >= vmd->vmd_reservs +
	    howmany(vmd->vmd_page_count, VM_RESERV_PAGES) ||
	    vr->vr_free == 0 ||
	    (vr->vr_owner != NULL && vr->vr_owner != object))
		vr = TAILQ_FIRST(&vmd->vmd_whole);
	if (vr == NULL)
		return (part);
	vr->vr_owner = object;
	object->reserv = vr;
	return (vr);
}

vm_page_t
vm_reserv_alloc(struct vm_domain *vmd, vm_object_t object)
{
	struct vm_reserv *vr;
	vm_page_t m;

	mtx_assert(&vmd->vmd_free_mtx, MA_OWNED);
	vr = vm_reserv_choose(vmd, object);
	m = TAILQ_FIRST(&vr->vr_freeq);
	KASSERT(m != NULL && (m->flags & PG_FREE) != 0,
	    ("vm_reserv_alloc: %u free, first is %p", vr->vr_free,
	    (void *)m));
	TAILQ_REMOVE(&vr->vr_freeq, m, pageq);
	if (vr->vr_free == vr->vr_pages || vr->vr_free == 1) {
		TAILQ_REMOVE(vm_reserv_list(vmd, vr), vr, vr_link);
		if (vr->vr_free > 1)
			TAILQ_INSERT_HEAD(&vmd->vmd_part, vr, vr_link);
	}
	vr->vr_free--;
	return (m);
}

void
vm_reserv_free(struct vm_domain *vmd, vm_page_t m)
{
	struct vm_reserv *vr = vm_reserv_of(vmd, m);

	mtx_assert(&vmd->vmd_free_mtx, MA_OWNED);
	TAILQ_INSERT_HEAD(&vr->vr_freeq, m, pageq);
	if (vr->vr_free > 0 && vr->vr_free + 1 < vr->vr_pages) {
		vr->vr_free++;
		return;
	}
	if (vr->vr_free > 0)
		TAILQ_REMOVE(&vmd->vmd_part, vr, vr_link);
	vr->vr_free++;
	/* At the tail: its last user finds it there before others get to it. */
	TAILQ_INSERT_TAIL(vm_reserv_list(vmd, vr), vr, vr_link);
	if (vr->vr_free == vr->vr_pages)
		vr->vr_owner = NULL;
}
