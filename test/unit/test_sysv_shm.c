/*
 * System V shared memory: keys, ids, mappings, the errno of what is refused,
 * and the switch: which pager, what is counted, sampled when a segment is made.
 */
#include <sys/shm.h>
#include <sys/ucred.h>
#include <vm/swap_reserve.h>
#include <vm/vm_extern.h>
#include "fault_test.h"

#define	KEY	((key_t)77)
#define	PAGES	8
#define	BYTES	(PAGES * PAGE_SIZE)

static struct vmspace	*vm[2];

static void
setup(void)
{
	test_boot(FT_FRAMES);
	vm[0] = vmspace_alloc();
	vm[1] = vmspace_alloc();
}

static void
teardown(void)
{
	vmspace_free(vm[0]);
	vmspace_free(vm[1]);
	test_end();
}

static int
make(key_t key, size_t bytes)
{
	int id = -1;

	CHECK_EQ(kern_shmget(key, bytes, IPC_CREAT, NULL, &id), 0);
	return (id);
}

static struct shmid_ds
stat_of(int id)
{
	struct shmid_ds ds;

	CHECK_EQ(kern_shmctl(id, IPC_STAT, &ds), 0);
	return (ds);
}

/* The object mapped at FT_VA(0). */
static vm_object_t
mapped(struct vmspace *space)
{
	vm_object_t object;

	sx_slock(&space->vm_map.lock);
	object = vm_map_entry_above(&space->vm_map, FT_VA(0))->object;
	sx_sunlock(&space->vm_map.lock);
	return (object);
}

LAB_TEST(shm_by_key)
{
	int id, other;

	setup();
	CHECK_EQ(kern_shmget(KEY, BYTES, 0, NULL, &id), ENOENT);
	id = make(KEY, BYTES);
	CHECK_EQ(kern_shmget(KEY, 0, 0, NULL, &other), 0);
	CHECK_EQ(other, id);
	CHECK_EQ(kern_shmget(KEY, BYTES + 1, 0, NULL, &other), EINVAL);
	CHECK_EQ(kern_shmget(KEY, BYTES, IPC_CREAT | IPC_EXCL, NULL, &other),
	    EEXIST);
	other = make(IPC_PRIVATE, BYTES);
	CHECK(other != id && make(IPC_PRIVATE, 1) != other);
	CHECK_EQ(shm_segments(), 3);
	CHECK_EQ(stat_of(id).shm_segsz, BYTES);
	CHECK_EQ(kern_shmctl(id, IPC_RMID, NULL), 0);
	CHECK_EQ(kern_shmctl(other, IPC_RMID, NULL), 0);
	/* The slot is used again, the old id is not. */
	CHECK(make(KEY, BYTES) != id);
	CHECK_EQ(kern_shmctl(id, IPC_RMID, NULL), EINVAL);
	CHECK_EQ(kern_shmget(KEY, 0, 0, NULL, &id), 0);
	CHECK_EQ(kern_shmctl(id, IPC_RMID, NULL), 0);
	CHECK_EQ(kern_shmget(KEY, BYTES, 0, NULL, &id), ENOENT);
	CHECK_EQ(shm_segments(), 1);
	CHECK_EQ(kern_shmctl(1 << 16 | 2, IPC_RMID, NULL), 0);
	teardown();
}

LAB_TEST(shm_limits)
{
	struct shminfo before = shminfo;
	int id, other;

	setup();
	CHECK_EQ(kern_shmget(KEY, 0, IPC_CREAT, NULL, &id), EINVAL);
	shminfo.shmmax = BYTES;
	CHECK_EQ(kern_shmget(KEY, BYTES + 1, IPC_CREAT, NULL, &id), EINVAL);
	shminfo.shmall = PAGES;
	id = make(KEY, BYTES);
	CHECK_EQ(kern_shmget(IPC_PRIVATE, 1, 0, NULL, &other), ENOMEM);
	shminfo.shmmni = 1;
	CHECK_EQ(kern_shmget(IPC_PRIVATE, 1, 0, NULL, &other), ENOSPC);
	shminfo.shmseg = 1;
	CHECK_EQ(kern_shmat(vm[0], id, FT_VA(0), 0), 0);
	CHECK_EQ(kern_shmat(vm[0], id, FT_VA(100), 0), EMFILE);
	CHECK_EQ(kern_shmat(vm[1], id, FT_VA(0), 0), 0);
	CHECK_EQ(kern_shmctl(id, IPC_RMID, NULL), 0);
	teardown();
	CHECK_EQ(shm_segments(), 0);
	shminfo = before;
}

LAB_TEST(shm_refused_mappings_leave_nothing)
{
	int id;

	setup();
	id = make(KEY, BYTES);
	CHECK_EQ(kern_shmat(vm[0], id + 1, FT_VA(0), 0), EINVAL);
	CHECK_EQ(kern_shmat(vm[0], -1, FT_VA(0), 0), EINVAL);
	CHECK_EQ(kern_shmat(vm[0], id, FT_VA(0) + 1, 0), EINVAL);
	CHECK_EQ(kern_shmat(vm[0], id, 0, 0), EINVAL);
	CHECK_EQ(kern_shmat(vm[0], id, VM_MAXUSER_ADDRESS, 0), EINVAL);
	CHECK_EQ(kern_shmat(vm[0], id, FT_VA(0) + 1, SHM_RND), 0);
	CHECK_EQ(kern_shmat(vm[0], id, FT_VA(1), 0), ENOMEM);
	CHECK_EQ(stat_of(id).shm_nattch, 1);
	CHECK_EQ(kern_shmdt(vm[0], FT_VA(1)), EINVAL);
	CHECK_EQ(kern_shmdt(vm[1], FT_VA(0)), EINVAL);
	CHECK_EQ(kern_shmdt(vm[0], FT_VA(0)), 0);
	CHECK_EQ(stat_of(id).shm_nattch, 0);
	CHECK_EQ(kern_shmctl(id, 99, NULL), EINVAL);
	CHECK_EQ(kern_shmctl(id, IPC_RMID, NULL), 0);
	teardown();
}

/* Two see each other's bytes; one may only read. */
static void
shared(int use_phys)
{
	int id;

	setup();
	shm_use_phys = use_phys;
	id = make(KEY, BYTES);
	shm_use_phys = 0;
	CHECK_EQ(kern_shmat(vm[0], id, FT_VA(0), 0), 0);
	CHECK_EQ(kern_shmat(vm[1], id, FT_VA(0), SHM_RDONLY), 0);
	ft_store(vm[0], FT_VA(3), 11);
	CHECK_EQ(ft_load(vm[1], FT_VA(3)), 11);
	CHECK_EQ(ft_fault(vm[1], FT_VA(3), VM_PROT_WRITE),
	    KERN_PROTECTION_FAILURE);
	CHECK_EQ(kern_shmdt(vm[0], FT_VA(0)), 0);
	CHECK_EQ(ft_load(vm[1], FT_VA(3)), 11);
	/* Removed, it is there as long as it is mapped. */
	CHECK_EQ(kern_shmctl(id, IPC_RMID, NULL), 0);
	CHECK_EQ(kern_shmat(vm[0], id, FT_VA(0), 0), EINVAL);
	CHECK_EQ(shm_segments(), 1);
	CHECK_EQ(ft_load(vm[1], FT_VA(3)), 11);
	vmspace_free(vm[1]);
	CHECK_EQ(shm_segments(), 0);
	CHECK_EQ(vm_object_count(), 0);
	vm[1] = vmspace_alloc();
	teardown();
}

LAB_TEST(shm_shared_by_swap)
{
	shared(0);
}

LAB_TEST(shm_shared_by_phys)
{
	shared(1);
}

/* The switch counts when the segment is made, not when it is mapped. */
static void
switched(int use_phys, enum obj_type type, long pv_entries)
{
	vm_object_t object;
	unsigned i;
	int id;

	setup();
	shm_use_phys = use_phys;
	id = make(KEY, BYTES);
	shm_use_phys = !use_phys;
	for (i = 0; i < 2; i++) {
		CHECK_EQ(kern_shmat(vm[i], id, FT_VA(0), 0), 0);
		object = mapped(vm[i]);
		CHECK_EQ(object->type, type);
		CHECK(object->handle == NULL);
		CHECK((object->flags & OBJ_NOSPLIT) != 0);
		CHECK((object->flags & OBJ_ONEMAPPING) == 0);
		for (unsigned j = 0; j < PAGES; j++)
			(void)ft_load(vm[i], FT_VA(j));
	}
	CHECK_EQ(pmap_pv_count(), pv_entries);
	CHECK_EQ(vm[0]->vm_pmap.pm_resident, PAGES);
	CHECK_EQ(kern_shmctl(id, IPC_RMID, NULL), 0);
	shm_use_phys = 0;
	teardown();
}

LAB_TEST(shm_use_phys_off)
{
	switched(0, OBJT_SWAP, 2 * PAGES);
}

LAB_TEST(shm_use_phys_on)
{
	switched(1, OBJT_PHYS, 0);
}

LAB_TEST(shm_fork_counts_mappings)
{
	int id;

	setup();
	id = make(KEY, BYTES);
	CHECK_EQ(kern_shmat(vm[0], id, FT_VA(0), 0), 0);
	CHECK_EQ(kern_shmat(vm[0], id, FT_VA(PAGES), 0), 0);
	shmfork(vm[0], vm[1]);
	CHECK_EQ(stat_of(id).shm_nattch, 4);
	CHECK_EQ(kern_shmctl(id, IPC_RMID, NULL), 0);
	shmexit(vm[0]);
	CHECK_EQ(shm_segments(), 1);
	CHECK_EQ(kern_shmdt(vm[1], FT_VA(PAGES)), 0);
	CHECK_EQ(shm_segments(), 1);
	CHECK_EQ(kern_shmdt(vm[1], FT_VA(0)), 0);
	CHECK_EQ(shm_segments(), 0);
	teardown();
}

/* A fork shares the segment, and the child's mapping counts. */
LAB_TEST(shm_fork_shares)
{
	struct vmspace *child;
	int id;

	setup();
	CHECK_EQ(kern_shmget(KEY, BYTES, IPC_CREAT, &ucred_root, &id), 0);
	CHECK_EQ(vm_swap.swap_reserved, BYTES);
	CHECK_EQ(kern_shmat(vm[0], id, FT_VA(0), 0), 0);
	CHECK_EQ(vmspace_fork(vm[0], &child), 0);
	CHECK_EQ(stat_of(id).shm_nattch, 2);
	CHECK_EQ(vm_swap.swap_reserved, BYTES);
	ft_store(child, FT_VA(1), 7);
	CHECK_EQ(ft_load(vm[0], FT_VA(1)), 7);
	vmspace_free(child);
	CHECK_EQ(stat_of(id).shm_nattch, 1);
	CHECK_EQ(kern_shmctl(id, IPC_RMID, NULL), 0);
	teardown();
}

/* ---- Several at once ----------------------------------------------------- */

#if TEST_SYNCHRONISED
#define	ROUNDS	20

static void
come_and_go(void *arg, unsigned i)
{
	struct vmspace *mine;
	unsigned n;
	int error, id;

	(void)arg;
	for (n = 0; n < ROUNDS; n++) {
		CHECK_EQ(kern_shmget(KEY, BYTES, IPC_CREAT, NULL, &id), 0);
		mine = vmspace_alloc();
		/* Another may have removed it since. */
		error = kern_shmat(mine, id, FT_VA(0), 0);
		CHECK(error == 0 || error == EINVAL);
		if (error == 0)
			ft_store(mine, FT_VA(i), n);
		if (error == 0)
			CHECK_EQ(ft_load(mine, FT_VA(i)), n);
		if (n % 3 == i % 3)
			(void)kern_shmctl(id, IPC_RMID, NULL);
		vmspace_free(mine);
	}
}

LAB_TEST(shm_concurrent)
{
	int id;

	setup();
	shm_use_phys = 1;
	test_threads(3, come_and_go, NULL);
	if (kern_shmget(KEY, 0, 0, NULL, &id) == 0)
		CHECK_EQ(kern_shmctl(id, IPC_RMID, NULL), 0);
	CHECK_EQ(shm_segments(), 0);
	teardown();
}
#endif
