/*
 * System V segments that any worker makes, maps and removes, backed by swap and
 * by memory that stays: each worker finds in its page of a segment what it
 * wrote there, and in that of a new one nothing.
 */
#include "soak.h"

#if TEST_SYNCHRONISED
#include <sys/errno.h>
#include <sys/shm.h>

#define	SEGMENTS	2		/* keys from 1 */
#define	BYTES		ptoa(SOAK_WORKERS)

/* Of a worker, which alone reads and writes it: what it left, and where. */
static struct {
	int		id;
	uint64_t	word;
} left[SOAK_WORKERS][SEGMENTS];

static void
shm_begin(void)
{
	for (unsigned w = 0; w < SOAK_WORKERS; w++)
		for (unsigned s = 0; s < SEGMENTS; s++)
			left[w][s].id = -1;
}

static void
look_and_write(unsigned worker, unsigned segment, int id, uint64_t word)
{
	struct vmspace *vm = soak_space[worker];
	bool same = left[worker][segment].id == id;

	CHECK(ft_page_is(vm, FT_VA(worker), same ?
	    left[worker][segment].word : 0));
	ft_page_fill(vm, FT_VA(worker), word);
	left[worker][segment].id = id;
	left[worker][segment].word = word;
	/* Another's page is looked up, its bytes are not looked at. */
	CHECK_EQ(ft_fault(vm, FT_VA((worker + 1) % SOAK_WORKERS),
	    VM_PROT_READ), KERN_SUCCESS);
	CHECK(ft_page_is(vm, FT_VA(worker), word));
}

/* Somebody else may remove a segment between any two calls. */
static void
shm_run(unsigned worker, uint64_t *seed)
{
	struct vmspace *vm = soak_space[worker];
	unsigned segment = test_random(seed) % SEGMENTS;
	int id, error;

	atomic_store_int(&shm_use_phys, test_random(seed) % 2);
	CHECK_EQ(kern_shmget(1 + segment, BYTES, IPC_CREAT, NULL, &id), 0);
	if (test_random(seed) % 8 == 0) {
		error = kern_shmctl(id, IPC_RMID, NULL);
		CHECK(error == 0 || error == EINVAL);
		return;
	}
	error = kern_shmat(vm, id, FT_VA(0), 0);
	if (error != 0) {
		CHECK_EQ(error, EINVAL);
		return;
	}
	look_and_write(worker, segment, id, soak_word(worker,
	    test_random(seed) >> 16));
	CHECK_EQ(kern_shmdt(vm, FT_VA(0)), 0);
}

static void
shm_end(void)
{
	int id;

	for (unsigned s = 0; s < SEGMENTS; s++)
		if (kern_shmget(1 + s, 0, 0, NULL, &id) == 0)
			CHECK_EQ(kern_shmctl(id, IPC_RMID, NULL), 0);
	CHECK_EQ(shm_segments(), 0);
	shm_use_phys = 0;
}

const struct soak_op soak_shm = { "shm", 3, shm_begin, shm_end, shm_run };
#endif /* TEST_SYNCHRONISED */
