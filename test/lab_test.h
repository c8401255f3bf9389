/*
 * Tests that run inside a unit, under the kernel's own names.
 *
 * A file in test/unit/ is compiled into every test-flavoured unit: each
 * implementation on each machine.  A file in impl/X/test/ is compiled into the
 * units of X, and of what inherits from X, only.  The runner (test/run.c)
 * forks for each test, so that a panic is one failure and leaves nothing
 * behind.
 *
 *	LAB_TEST(name) { ... }			passes when it returns
 *	LAB_TEST_PANIC(name, "text") { ... }	passes when it panics with text
 *
 * The body runs in a thread attached to the kernel (curthread is valid), with
 * no VM booted; vm tests call test_boot(frames) first.
 */
#ifndef TEST_LAB_TEST_H
#define	TEST_LAB_TEST_H

#include <sys/linker_set.h>
#include <machine/machine.h>

struct lab_unit;

struct lab_test {
	const char	*lt_name;
	const char	*lt_panic;	/* expected in the message, or NULL */
	const char	*lt_file;
	const char	*lt_impl;
	const char	*lt_machine;
	void		(*lt_fn)(void);
	unsigned	*lt_seconds;	/* the unit's test_seconds */
	/* The unit's test_enter(): calls lt_fn as the unit's thread 0. */
	void		(*lt_enter)(void (*fn)(void));
};

/* test/unit/test_support.c, in every test-flavoured unit. */

/* How long a test that can take any time is to last; 0: not told. */
extern unsigned	test_seconds;

/*
 * kern_init(), then fn() as attached thread 0, then detach.  For the runner,
 * by way of lt_enter.
 */
void	test_enter(void (*fn)(void));

/*
 * Run fn(arg, 0) .. fn(arg, n - 1), each a machine thread attached as thread
 * i + 1 of the unit, and return when all have returned.
 */
void	test_threads(unsigned n, void (*fn)(void *arg, unsigned i), void *arg);

#define	LAB_TEST_DEFINE(name, text)					\
static void	test_##name(void);					\
static const struct lab_test lab_test_##name = {			\
	#name, text, __FILE__, IMPL_NAME, MACHINE_NAME, test_##name,	\
	&test_seconds, test_enter					\
};									\
DATA_SET(lab_tests, lab_test_##name);					\
static void								\
test_##name(void)

#define	LAB_TEST(name)			LAB_TEST_DEFINE(name, NULL)
#define	LAB_TEST_PANIC(name, text)	LAB_TEST_DEFINE(name, text)

/* Checks that cannot be compiled out; they print what they saw. */
#define	CHECK(e) do {							\
	if (!(e))							\
		md_panic("%s:%d: CHECK failed: %s", __FILE__, __LINE__,	\
		    #e);						\
} while (0)

#define	CHECK_EQ(a, b) do {						\
	unsigned long long check_a_ = (unsigned long long)(a);		\
	unsigned long long check_b_ = (unsigned long long)(b);		\
	if (check_a_ != check_b_)					\
		md_panic("%s:%d: CHECK failed: %s == %s "		\
		    "(%#llx, %#llx)", __FILE__, __LINE__, #a, #b,	\
		    check_a_, check_b_);				\
} while (0)

#endif /* TEST_LAB_TEST_H */
