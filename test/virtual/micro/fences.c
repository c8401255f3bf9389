/*
 * Fences, the older builtins, and a compare-and-set that fails.
 */
#include "micro.h"

uint64_t
micro_fence(struct micro *m)
{
	m->m_x = 1;
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	__sync_synchronize();
	return (m->m_y);
}

uint64_t
micro_signal_fence(struct micro *m)
{
	m->m_x = 1;
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	return (m->m_y);
}

uint64_t
micro_sync(struct micro *m)
{
	(void)__sync_fetch_and_add(&m->m_x, 2);
	(void)__sync_lock_test_and_set(&m->m_y, 1);
	__sync_lock_release(&m->m_y);
	return (__sync_bool_compare_and_swap(&m->m_x, 2, 3));
}

uint64_t
micro_lock_byte(struct micro *m)
{
	uint64_t was;

	was = __atomic_test_and_set(&m->m_bytes[1], __ATOMIC_ACQUIRE);
	__atomic_clear(&m->m_bytes[1], __ATOMIC_RELEASE);
	return (was);
}

/*
 * m_x is not 1.  What it is goes to m_y, where the expected value is: neither
 * its read nor its write is announced.
 */
uint64_t
micro_failed_cas(struct micro *m)
{
	return (__atomic_compare_exchange_n(&m->m_x, &m->m_y, 7, 0,
	    __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST));
}
