/*
 * A buffer of device memory, mapped through an object: the fault handler and
 * the move of a buffer, as TTM under DRM has them.
 */
#ifndef KPI_CONSUMERS_TTM_H
#define	KPI_CONSUMERS_TTM_H

#include <kpi/consumers/consumer.h>

#define	TTM_PAGES_MAX	16

struct ttm_bo {
	vm_object_t	object;		/* the aperture, shared by buffers */
	vm_pindex_t	slot;		/* the buffer's first index in it */
	unsigned	npages;
	vm_page_t	pages[TTM_PAGES_MAX];	/* the memory itself */
};

/*
 * A buffer of npages pages at slot of the aperture, none of them resident yet.
 * 0, or ENOMEM.
 */
int		ttm_bo_init(struct ttm_bo *bo, vm_object_t aperture,
		    vm_pindex_t slot, unsigned npages);
/* Takes the pages out of the aperture and frees them.  May sleep. */
void		ttm_bo_fini(struct ttm_bo *bo);

/*
 * Make page i of the buffer resident in the aperture and return it in *mres,
 * busied for the caller.  *mres on entry: a page the caller has busied at that
 * index, which is freed, or NULL; at one time all faults on a buffer bring one
 * or none does.  VM_PAGER_OK, or VM_PAGER_BAD beyond the end.  May sleep.
 */
int		ttm_fault(struct ttm_bo *bo, unsigned i, vm_page_t *mres);

/*
 * Move the buffer to another slot.  blit() is called with every page busied
 * and nothing locked, then retarget() with the aperture locked and none of
 * the pages in it; either may be NULL.  May sleep.
 */
void		ttm_bo_move(struct ttm_bo *bo, vm_pindex_t slot,
		    void (*blit)(void *), void (*retarget)(void *), void *arg);

#endif /* KPI_CONSUMERS_TTM_H */
