/*
 * The delay: a chain of dependent multiplications.
 *
 * It has no loop.  The end of a loop is predicted in one window and not in the
 * next, and its branches push those of the code around it out of the branch
 * predictor's history; then a delay costs now this and now twice as much.
 * Here each bit of the number of steps is one branch, which goes the same way
 * all through a window.
 */
#include <workload/delay.h>

/* One multiplication that the compiler can neither drop nor merge. */
static inline __attribute__((always_inline)) uint64_t
step(uint64_t x)
{
	x *= 0x9e3779b97f4a7c15ull;
	__asm__ volatile("" : "+r" (x));
	return (x);
}

#define	STEPS_1(x)	step(x)
#define	STEPS_2(x)	STEPS_1(STEPS_1(x))
#define	STEPS_4(x)	STEPS_2(STEPS_2(x))
#define	STEPS_8(x)	STEPS_4(STEPS_4(x))
#define	STEPS_16(x)	STEPS_8(STEPS_8(x))
#define	STEPS_32(x)	STEPS_16(STEPS_16(x))
#define	STEPS_64(x)	STEPS_32(STEPS_32(x))
#define	STEPS_128(x)	STEPS_64(STEPS_64(x))
#define	STEPS_256(x)	STEPS_128(STEPS_128(x))

_Static_assert(WL_DELAY_STEPS_MAX == 2 * 256 - 1, "every bit has its steps");

void *
wl_delay(void *p)
{
	uint64_t n = *wl_delay_steps, x = 0;

	/* A zero that depends on p, and that the compiler does not know. */
	__asm__ volatile("" : "+r" (x));
	x &= (uintptr_t)p;
	if (n & 1)
		x = STEPS_1(x);
	if (n & 2)
		x = STEPS_2(x);
	if (n & 4)
		x = STEPS_4(x);
	if (n & 8)
		x = STEPS_8(x);
	if (n & 16)
		x = STEPS_16(x);
	if (n & 32)
		x = STEPS_32(x);
	if (n & 64)
		x = STEPS_64(x);
	if (n & 128)
		x = STEPS_128(x);
	if (n & 256)
		x = STEPS_256(x);
	return ((char *)p + x);
}
