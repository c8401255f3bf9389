/*
 * System V shared memory: segments by key, mapped into address spaces.
 *
 * Names and numbers are FreeBSD's <sys/shm.h> and <sys/ipc.h>; the calls are
 * the kernel's side of shmget(2) and its kin, and return an errno.
 */
#ifndef SYS_SHM_H
#define	SYS_SHM_H

#include <vm/vm_map.h>

typedef long		key_t;
#define	IPC_PRIVATE	((key_t)0)	/* always a new segment */
#define	IPC_CREAT	001000
#define	IPC_EXCL	002000
#define	IPC_RMID	0
#define	IPC_STAT	2

#define	SHM_RDONLY	010000
#define	SHM_RND		020000		/* round the address down */
#define	SHMLBA		PAGE_SIZE

struct ucred;

/* What IPC_STAT tells. */
struct shmid_ds {
	size_t		shm_segsz;	/* bytes */
	unsigned	shm_nattch;	/* mappings */
};

/* Limits, as sysctl kern.ipc has them; set while there is no segment. */
struct shminfo {
	size_t		shmmax;		/* bytes of one segment */
	size_t		shmmin;
	unsigned	shmmni;		/* segments, at most SHMMNI_MAX */
	unsigned	shmseg;		/* mappings of one address space */
	size_t		shmall;		/* pages of all segments */
};
extern struct shminfo	shminfo;
#define	SHMMNI_MAX	192

/*
 * kern.ipc.shm_use_phys: back segments made from now on by unmanaged memory
 * that is never paged out, instead of swap.  0 by default; each segment keeps
 * what it was made with.
 */
extern volatile unsigned shm_use_phys;	/* (a) */

/* At boot.  Segments that exist; for leak checks. */
void	shminit(void);
long	shm_segments(void);

/*
 * The segment of a key, made if flags say IPC_CREAT; size is bytes, cred is
 * who pays.  0 with *id set; ENOENT, EEXIST, EINVAL (size), ENOSPC (segments),
 * ENOMEM (shmall, or nothing to reserve).  May sleep.
 */
int	kern_shmget(key_t key, size_t size, int flags, struct ucred *cred,
	    int *id);

/*
 * Map a segment at addr; it is shared with what the address space is copied
 * to.  0; EINVAL (no such segment, address), EMFILE, ENOMEM (address taken).
 * May sleep, as the next two.
 */
int	kern_shmat(struct vmspace *vm, int id, vm_offset_t addr, int flags);
/* Unmap what kern_shmat() mapped at addr.  0, or EINVAL. */
int	kern_shmdt(struct vmspace *vm, vm_offset_t addr);
/*
 * IPC_STAT: fill *ds.  IPC_RMID: the segment is found no more and goes with its
 * last mapping.  0, or EINVAL.
 */
int	kern_shmctl(int id, int cmd, struct shmid_ds *ds);

/* The address space ends, or has been copied from parent: count mappings. */
void	shmexit(struct vmspace *vm);
void	shmfork(struct vmspace *parent, struct vmspace *child);

#endif /* SYS_SHM_H */
