/*
 * A node of a stacking file system that enciphers, as pefs: what is read and
 * written in the clear is kept enciphered in the object below.
 */
#ifndef KPI_CONSUMERS_PEFS_H
#define	KPI_CONSUMERS_PEFS_H

#include <kpi/consumers/consumer.h>

struct pefs_node {
	vm_object_t	upper;	/* in the clear; the node's own */
	vm_object_t	lower;	/* enciphered; the node has a reference */
	uint64_t	key;	/* word i of a page: ^ key * (2 * i + 1) */
};

/* A node over a file's object, to which a reference is taken. */
void		pefs_open(struct pefs_node *pn, vm_object_t lower,
		    uint64_t key);
/* Writes out what was changed.  Nobody may be using the node. */
void		pefs_close(struct pefs_node *pn);

/*
 * Move uio_resid bytes between the caller and the file.  0, or EINVAL if they
 * do not lie in it.  May sleep.
 */
int		pefs_rdwr(struct pefs_node *pn, struct uio *uio);

/* Encipher what was changed into the object below.  May sleep. */
void		pefs_sync(struct pefs_node *pn);

#endif /* KPI_CONSUMERS_PEFS_H */
