/*
 * Which free page an object gets: reservations, reduced to their effect on
 * where pages lie.
 *
 * FreeBSD keeps an aligned 2 MiB of physical memory for each such piece of an
 * object, for the sake of superpages.  It matters here because a page lock
 * covers 2 MiB: pages of two objects seldom share one, pages of one object
 * mostly do.  So a free page is kept with its 2 MiB frame.  An object goes on
 * taking from the frame it took from last, unless another has that now; if it
 * has none it gets the wholly free one that was used longest ago.  A page
 * without object comes from a frame that is partly used.
 * Facts: FreeBSD sys/vm/vm_reserv.c.  No superpages, no popmap, no breaking:
 * when nothing else is left any free page will do.
 *
 * Locking key: (F) the domain's vmd_free_mtx; (c) constant.
 * I1  a frame is on vmd_whole if all its pages are free, on vmd_part if some
 *     are, on no list if none is.
 * I2  vr_owner took the first page since the frame was wholly free; it may
 *     itself be gone, and is only compared.
 */
#ifndef VM_VM_RESERV_H
#define	VM_VM_RESERV_H

#include <vm/vm_page.h>

struct vm_domain;

#define	VM_RESERV_PAGES	(1 << (PDRSHIFT - PAGE_SHIFT))

struct vm_reserv {
	TAILQ_HEAD(, vm_page) vr_freeq;	/* (F) */
	unsigned	vr_free;	/* (F) pages on it */
	unsigned	vr_pages;	/* (c) pages of the frame */
	vm_object_t	vr_owner;	/* (F) NULL if wholly free */
	TAILQ_ENTRY(vm_reserv) vr_link;	/* (F) vmd_whole or vmd_part */
};
TAILQ_HEAD(vm_reservq, vm_reserv);

/* Make the frames of a domain; all its pages are free.  Single-threaded. */
void		vm_reserv_startup(struct vm_domain *vmd);

/* A free page for object, or for NULL; the domain has one.  (F) held. */
vm_page_t	vm_reserv_alloc(struct vm_domain *vmd, vm_object_t object);

/* (F) held. */
void		vm_reserv_free(struct vm_domain *vmd, vm_page_t m);

#endif /* VM_VM_RESERV_H */
