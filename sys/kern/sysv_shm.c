/*
 * System V shared memory.
 *
 * A segment is an object, backed by swap or, with shm_use_phys, by the phys
 * pager without a handle: then its mappings have no pv entries, it is not
 * charged, and it is never paged out.  Each mapping is on its address space's
 * list; the last one to go takes a removed segment with it.
 *
 * Mirrors FreeBSD 10.4 sys/kern/sysv_shm.c.  Differences: (1) one sx lock where
 * FreeBSD has Giant; (2) no permissions and no times; (3) the address of a
 * mapping is given by the caller; (4) mappings are a list, not an array.
 *
 * Locking key: (S) shm_lock.
 */
#include <sys/systm.h>
#include <sys/shm.h>
#include <sys/sx.h>
#include <vm/uma.h>
#include <vm/vm_pager.h>
#include <vm/vm_verbs.h>

struct shmid_kernel {
	vm_object_t	object;		/* (S) NULL: the slot is free */
	key_t		key;		/* (S) */
	size_t		segsz;		/* (S) bytes */
	unsigned	nattch;		/* (S) mappings */
	unsigned	seq;		/* (S) grows with each new segment */
	bool		removed;	/* (S) goes with its last mapping */
};

/* One mapping.  All of it (S). */
struct shmmap_state {
	struct shmmap_state *next;	/* of the same address space */
	vm_offset_t	va;
	unsigned	slot;
};

struct shminfo shminfo = {
	.shmmax = (size_t)1 << 40,
	.shmmin = 1,
	.shmmni = SHMMNI_MAX,
	.shmseg = 128,
	.shmall = (size_t)1 << 28,
};
volatile unsigned shm_use_phys;

static struct sx		shm_lock;	/* "sysv shm" */
static struct shmid_kernel	shmsegs[SHMMNI_MAX];	/* (S) */
static unsigned			shm_nused;	/* (S) segments */
static size_t			shm_committed;	/* (S) pages of them */
static uma_zone_t		shmmap_zone;

#define	SHM_SEQ_MAX	0x7fff

void
shminit(void)
{

	sx_init_flags(&shm_lock, "sysv shm", NULL, 0);
	shmmap_zone = uma_zcreate_of("shm map", struct shmmap_state);
	for (unsigned i = 0; i < SHMMNI_MAX; i++)
		shmsegs[i] = (struct shmid_kernel){ .object = NULL };
	shm_nused = 0;
	shm_committed = 0;
}

long
shm_segments(void)
{

	return (shm_nused);
}

/* An id names a slot and which of its segments: an old id finds nothing. */
static int
shm_id(const struct shmid_kernel *seg)
{

	return ((int)(seg->seq << 16 | (unsigned)(seg - shmsegs)));
}

static struct shmid_kernel *
shm_find_by_id(int id)
{
	unsigned slot = (unsigned)id & 0xffff;
	struct shmid_kernel *seg;

	sx_assert(&shm_lock, SA_XLOCKED);
	if (id < 0 || slot >= SHMMNI_MAX)
		return (NULL);
	seg = &shmsegs[slot];
	return (seg->object != NULL && !seg->removed && shm_id(seg) == id ?
	    seg : NULL);
}

static struct shmid_kernel *
shm_find_by_key(key_t key)
{
	struct shmid_kernel *seg;

	sx_assert(&shm_lock, SA_XLOCKED);
	for (seg = shmsegs; seg < shmsegs + SHMMNI_MAX; seg++)
		if (seg->object != NULL && !seg->removed && seg->key == key)
			return (seg);
	return (NULL);
}

/* ---- Segments ------------------------------------------------------------ */

/* The switch is looked at here and nowhere else. */
static vm_object_t
shm_object(size_t size, struct ucred *cred)
{
	vm_object_t object;

	object = vm_pager_allocate(atomic_load_int(&shm_use_phys) ? OBJT_PHYS :
	    OBJT_SWAP, NULL, size, VM_PROT_RW, 0, cred);
	if (object == NULL)
		return (NULL);
	pv_object_lock(object);
	object->flags &= ~OBJ_ONEMAPPING;
	object->flags |= OBJ_NOSPLIT;
	pv_object_unlock(object);
	return (object);
}

static int
shmget_allocate(key_t key, size_t size, struct ucred *cred, int *id)
{
	size_t pages = howmany(size, PAGE_SIZE);
	struct shmid_kernel *seg = shmsegs;
	vm_object_t object;

	sx_assert(&shm_lock, SA_XLOCKED);
	if (size < shminfo.shmmin || size > shminfo.shmmax)
		return (EINVAL);
	if (shm_nused >= shminfo.shmmni)
		return (ENOSPC);
	if (shm_committed + pages > shminfo.shmall)
		return (ENOMEM);
	object = shm_object(size, cred);
	if (object == NULL)
		return (ENOMEM);
	while (seg->object != NULL)
		seg++;
	KASSERT(seg < shmsegs + SHMMNI_MAX,
	    ("shmget_allocate: %u segments and no slot", shm_nused));
	seg->object = object;
	seg->key = key;
	seg->segsz = size;
	seg->nattch = 0;
	seg->removed = false;
	seg->seq = (seg->seq + 1) & SHM_SEQ_MAX;
	shm_nused++;
	shm_committed += pages;
	*id = shm_id(seg);
	return (0);
}

static int
shmget_existing(struct shmid_kernel *seg, size_t size, int flags, int *id)
{

	if ((flags & (IPC_CREAT | IPC_EXCL)) == (IPC_CREAT | IPC_EXCL))
		return (EEXIST);
	if (size > seg->segsz)
		return (EINVAL);
	*id = shm_id(seg);
	return (0);
}

int
kern_shmget(key_t key, size_t size, int flags, struct ucred *cred, int *id)
{
	struct shmid_kernel *seg = NULL;
	int error;

	sx_xlock(&shm_lock);
	if (key != IPC_PRIVATE)
		seg = shm_find_by_key(key);
	if (seg != NULL)
		error = shmget_existing(seg, size, flags, id);
	else if (key != IPC_PRIVATE && (flags & IPC_CREAT) == 0)
		error = ENOENT;
	else
		error = shmget_allocate(key, size, cred, id);
	sx_xunlock(&shm_lock);
	return (error);
}

static void
shm_deallocate_segment(struct shmid_kernel *seg)
{

	sx_assert(&shm_lock, SA_XLOCKED);
	KASSERT(seg->nattch == 0 && shm_nused > 0,
	    ("shm_deallocate_segment: %p is mapped %u times", seg,
	    seg->nattch));
	vm_object_deallocate(seg->object);
	seg->object = NULL;
	shm_nused--;
	shm_committed -= howmany(seg->segsz, PAGE_SIZE);
}

int
kern_shmctl(int id, int cmd, struct shmid_ds *ds)
{
	struct shmid_kernel *seg;
	int error = 0;

	sx_xlock(&shm_lock);
	seg = shm_find_by_id(id);
	if (seg == NULL || (cmd != IPC_STAT && cmd != IPC_RMID))
		error = EINVAL;
	else if (cmd == IPC_STAT)
		*ds = (struct shmid_ds){ seg->segsz, seg->nattch };
	else {
		seg->key = IPC_PRIVATE;
		seg->removed = true;
		if (seg->nattch == 0)
			shm_deallocate_segment(seg);
	}
	sx_xunlock(&shm_lock);
	return (error);
}

/* ---- Mappings ------------------------------------------------------------ */

/* The link that points to the mapping at va; to NULL: there is none. */
static struct shmmap_state **
shmmap_find(struct vmspace *vm, vm_offset_t va)
{
	struct shmmap_state **p;

	sx_assert(&shm_lock, SA_XLOCKED);
	for (p = &vm->vm_shm; *p != NULL && (*p)->va != va; p = &(*p)->next)
		;
	return (p);
}

static void
shmmap_add(struct vmspace *vm, vm_offset_t va, unsigned slot)
{
	struct shmmap_state *map = uma_zalloc(shmmap_zone, M_WAITOK);

	sx_assert(&shm_lock, SA_XLOCKED);
	map->va = va;
	map->slot = slot;
	map->next = vm->vm_shm;
	vm->vm_shm = map;
	shmsegs[slot].nattch++;
}

/* The reference given to the map goes with the entry. */
static int
shmat_map(struct vmspace *vm, struct shmid_kernel *seg, vm_offset_t addr,
    int flags)
{
	vm_prot_t prot = VM_PROT_READ;
	int rv;

	if ((flags & SHM_RDONLY) == 0)
		prot |= VM_PROT_WRITE;
	vm_object_reference(seg->object);
	rv = vm_map_insert(&vm->vm_map, seg->object, 0, addr,
	    addr + round_page(seg->segsz), prot, MAP_INHERIT_SHARE);
	if (rv == KERN_SUCCESS)
		return (0);
	vm_object_deallocate(seg->object);
	return (rv == KERN_INVALID_ADDRESS ? EINVAL : ENOMEM);
}

static unsigned
shmmap_count(const struct vmspace *vm)
{
	const struct shmmap_state *map;
	unsigned n = 0;

	sx_assert(&shm_lock, SA_XLOCKED);
	for (map = vm->vm_shm; map != NULL; map = map->next)
		n++;
	return (n);
}

int
kern_shmat(struct vmspace *vm, int id, vm_offset_t addr, int flags)
{
	struct shmid_kernel *seg;
	int error;

	if ((flags & SHM_RND) != 0)
		addr &= ~(vm_offset_t)(SHMLBA - 1);
	if (addr == 0 || (addr & (SHMLBA - 1)) != 0)
		return (EINVAL);
	sx_xlock(&shm_lock);
	seg = shm_find_by_id(id);
	if (seg == NULL)
		error = EINVAL;
	else if (shmmap_count(vm) >= shminfo.shmseg)
		error = EMFILE;
	else
		error = shmat_map(vm, seg, addr, flags);
	if (error == 0)
		shmmap_add(vm, addr, (unsigned)(seg - shmsegs));
	sx_xunlock(&shm_lock);
	return (error);
}

/* Unmap what *p names. */
static void
shm_delete_mapping(struct vmspace *vm, struct shmmap_state **p)
{
	struct shmmap_state *map = *p;
	struct shmid_kernel *seg = &shmsegs[map->slot];
	int rv;

	sx_assert(&shm_lock, SA_XLOCKED);
	KASSERT(seg->object != NULL && seg->nattch > 0,
	    ("shm_delete_mapping: slot %u is mapped %u times", map->slot,
	    seg->nattch));
	rv = vm_map_remove(&vm->vm_map, map->va,
	    map->va + round_page(seg->segsz));
	if (rv != KERN_SUCCESS)
		panic("shm_delete_mapping: address %#llx: %d",
		    (unsigned long long)map->va, rv);
	*p = map->next;
	uma_zfree(shmmap_zone, map);
	seg->nattch--;
	if (seg->nattch == 0 && seg->removed)
		shm_deallocate_segment(seg);
}

int
kern_shmdt(struct vmspace *vm, vm_offset_t addr)
{
	struct shmmap_state **p;
	int error = EINVAL;

	sx_xlock(&shm_lock);
	p = shmmap_find(vm, addr);
	if (*p != NULL) {
		shm_delete_mapping(vm, p);
		error = 0;
	}
	sx_xunlock(&shm_lock);
	return (error);
}

/* Most address spaces have none, and see so without the lock: they are ours. */
void
shmexit(struct vmspace *vm)
{

	if (vm->vm_shm == NULL)
		return;
	sx_xlock(&shm_lock);
	while (vm->vm_shm != NULL)
		shm_delete_mapping(vm, &vm->vm_shm);
	sx_xunlock(&shm_lock);
}

void
shmfork(struct vmspace *parent, struct vmspace *child)
{
	struct shmmap_state *map;

	KASSERT(child->vm_shm == NULL,
	    ("shmfork: address space %p has segments", child));
	sx_xlock(&shm_lock);
	for (map = parent->vm_shm; map != NULL; map = map->next)
		shmmap_add(child, map->va, map->slot);
	sx_xunlock(&shm_lock);
}
