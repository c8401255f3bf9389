/*
 * The soak: threads that do everything the VM can do, at random, for as long as
 * they are told, over pages whose bytes tell whether anything was lost.
 *
 * What a thread can do is an operation, in a file of test/unit/soak_*.c, with
 * what it works on and the oracle of that.  An operation ends with nothing held
 * by its thread.
 */
#ifndef TEST_UNIT_SOAK_H
#define	TEST_UNIT_SOAK_H

#include "fault_test.h"

#define	SOAK_WORKERS	8
#define	SOAK_FRAMES	2048

struct soak_op {
	const char	*so_name;
	unsigned	 so_weight;	/* how often, beside the others */
	/* Before and after it all, by thread 0, VM up; or NULL. */
	void		(*so_begin)(void);
	void		(*so_end)(void);
	/* Once, by a worker; *seed is its own, for test_random(). */
	void		(*so_run)(unsigned worker, uint64_t *seed);
};

/* All of them, test_soak.c runs. */
extern const struct soak_op	soak_busy, soak_chain, soak_cow, soak_map,
				soak_pagein, soak_wire;

/* An address space of each worker, empty between operations. */
extern struct vmspace	*soak_space[SOAK_WORKERS];

#endif /* TEST_UNIT_SOAK_H */
