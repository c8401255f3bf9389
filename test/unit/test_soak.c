/*
 * The soak: eight threads, whoever watches them, and the page daemon with a
 * thread for its transfers, as memory is short.  Read soak.h first.
 *
 * It lasts as long as the runner says (--seconds, build/run-native-test), or,
 * if it says nothing, so many operations of each thread.  The watcher panics
 * when a thread has not ended an operation for long, and names what each is in
 * and what it sleeps on: a deadlock, or a wake-up that was lost.
 */
#include "soak.h"

#if TEST_SYNCHRONISED
#include <vm/swap_pager.h>
#include <vm/vm_pageout.h>

#define	OPERATIONS	250	/* of each thread */
#define	STUCK_NS	(30ULL * 1000000000)
#define	LOOK_NS		(100ULL * 1000000)
#define	SECOND_NS	1000000000ULL
#define	TEXT_MAX	1024

enum { WATCHER = SOAK_WORKERS, DAEMON, IOD, THREADS };

static const struct soak_op *const ops[] = {
	&soak_swap, &soak_busy, &soak_chain, &soak_cow, &soak_fork,
	&soak_handle, &soak_kmem, &soak_map, &soak_pagein, &soak_shm,
	&soak_wire
};

/* Of each worker, which alone writes it. */
static struct worker {
	uint32_t	 wo_op;		/* that it is in, of ops[] */
	uint64_t	 wo_done;	/* operations */
	uint32_t	 wo_ended;
} __cacheline_aligned	 workers[SOAK_WORKERS];

struct vmspace		*soak_space[SOAK_WORKERS];

static uint64_t		 deadline_ns;	/* 0: it counts operations */

static unsigned
choose(uint64_t *seed)
{
	unsigned sum = 0, i;
	uint64_t at;

	for (i = 0; i < nitems(ops); i++)
		sum += ops[i]->so_weight;
	at = test_random(seed) % sum;
	for (i = 0; at >= ops[i]->so_weight; i++)
		at -= ops[i]->so_weight;
	return (i);
}

static bool
goes_on(const struct worker *w)
{
	if (deadline_ns == 0)
		return (w->wo_done < OPERATIONS);
	return (md_clock_ns() < deadline_ns);
}

static void
work(unsigned i)
{
	struct worker *w = &workers[i];
	uint64_t seed = i + 1;

	while (goes_on(w)) {
		atomic_store_int(&w->wo_op, choose(&seed));
		ops[w->wo_op]->so_run(i, &seed);
		atomic_store_64(&w->wo_done, w->wo_done + 1);
	}
	atomic_store_rel_int(&w->wo_ended, 1);
}

/* ---- The watcher -------------------------------------------------------- */

struct text {
	char		 te_text[TEXT_MAX];
	size_t		 te_bytes;
};

static void
add(struct text *te, const char *s)
{
	while (*s != '\0' && te->te_bytes + 1 < TEXT_MAX)
		te->te_text[te->te_bytes++] = *s++;
	te->te_text[te->te_bytes] = '\0';
}

/* What a sleeper sleeps on changes only when it wakes. */
static void
stuck(unsigned who)
{
	static struct text te;

	for (unsigned i = 0; i < SOAK_WORKERS; i++) {
		struct worker *w = &workers[i];
		struct thread *td = kern_thread(i + 1);

		if (atomic_load_acq_int(&w->wo_ended) != 0)
			continue;
		add(&te, ", ");
		add(&te, ops[atomic_load_int(&w->wo_op)]->so_name);
		if (td->td_wchan != NULL) {
			add(&te, " asleep in ");
			add(&te, td->td_wmesg);
		}
	}
	md_panic("soak: worker %u is stuck; workers are in%s", who,
	    te.te_text + 1);
}

static void
watch(void)
{
	struct seen {
		uint64_t	done, at_ns;
	} seen[SOAK_WORKERS] = { { 0, 0 } };
	unsigned left;

	do {
		pause_ns("soakw", LOOK_NS);
		left = 0;
		for (unsigned i = 0; i < SOAK_WORKERS; i++) {
			uint64_t now = md_clock_ns(), done;

			if (atomic_load_acq_int(&workers[i].wo_ended) != 0)
				continue;
			left++;
			done = atomic_load_64(&workers[i].wo_done);
			if (done != seen[i].done || seen[i].at_ns == 0)
				seen[i] = (struct seen){ done, now };
			else if (now - seen[i].at_ns > STUCK_NS)
				stuck(i);
		}
	} while (left > 0);
}

static void
soak_thread(void *arg, unsigned i)
{
	(void)arg;
	switch (i) {
	case WATCHER:
		watch();
		for (i = 0; i < nitems(ops); i++)
			if (ops[i]->so_end != NULL)
				ops[i]->so_end();
		vm_pageout_stop();
		swap_iod_stop();
		break;
	case DAEMON:
		vm_pageout();
		break;
	case IOD:
		swap_iod();
		break;
	default:
		work(i);
		break;
	}
}

LAB_TEST(soak)
{
	unsigned i;

	test_boot(SOAK_FRAMES);
	CHECK_EQ(swap_on(NULL, SOAK_SWAP), 0);
	for (i = 0; i < SOAK_WORKERS; i++)
		soak_space[i] = vmspace_alloc();
	for (i = 0; i < nitems(ops); i++)
		if (ops[i]->so_begin != NULL)
			ops[i]->so_begin();
	if (test_seconds != 0)
		deadline_ns = md_clock_ns() + test_seconds * SECOND_NS;
	vm_pageout_begin();
	swap_iod_begin();
	test_threads(THREADS, soak_thread, NULL);
	for (i = 0; i < SOAK_WORKERS; i++)
		vmspace_free(soak_space[i]);
	CHECK_EQ(swap_used(), 0);
	test_end();
}
#endif /* TEST_SYNCHRONISED */
