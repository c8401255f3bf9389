/*
 * What the calls of contracts share: the page and object they are made on, and
 * the form in which a call is given to test_contract.c.
 *
 *	CT_CALL(name, setup, body, members of struct ct_call)
 *
 * The body makes the call once; the members say how it is made to sleep.
 * A setup runs with nothing locked, after ct.object has been made with ct.m,
 * a valid page, busied by nobody, at CT_PINDEX.  The body runs with the locks
 * that the row, or the test of a wrong state, says.  Nothing is tidied up: the
 * process that ran a test ends with it.
 */
#ifndef TEST_CONTRACT_TEST_H
#define	TEST_CONTRACT_TEST_H

#include <sys/lock.h>
#include "vm_test.h"

#define	CT_FRAMES	512
#define	CT_PINDEX	3

/* Set for each call anew. */
static struct ct_state {
	vm_object_t	object;
	vm_page_t	m;
	vm_object_t	other;		/* write-locked, or NULL */
	uint64_t	timo_ns;	/* of a call that wants one */
} ct;

struct ct_call {
	void		(*cc_setup)(void);
	void		(*cc_call)(void);
	/* The rest is for calls that sleep. */
	void		(*cc_busy)(void);	/* setup to make it sleep */
	const void	*(*cc_channel)(void);	/* NULL: on none */
	void		(*cc_wake)(void);	/* let it go; nothing locked */
	/* The call sleeps whenever it is made. */
	bool		cc_always;
	/* A lock in the way is noticed only when it sleeps. */
	bool		cc_wrong_busy;
};

#define	CT_CALL(name, setup, body, ...)					\
static void								\
call_##name(void)							\
{									\
	body;								\
}									\
static const struct ct_call ct_##name = {				\
	.cc_setup = setup, .cc_call = call_##name, __VA_ARGS__		\
}

/* ---- Setups ------------------------------------------------------------- */

static inline void
ct_plain(void)
{
}

static inline void
ct_xbusied(void)
{
	pv_object_lock(ct.object);
	pv_xbusy_locked(ct.m);
	pv_object_unlock(ct.object);
}

static inline void
ct_sbusied(void)
{
	pv_object_lock(ct.object);
	pv_sbusy_locked(ct.m);
	pv_object_unlock(ct.object);
}

/* ---- Sleeping on the page ------------------------------------------------ */

static inline const void *
ct_on_page(void)
{
	return (ct.m);
}

static inline void
ct_unbusy(void)
{
	pv_xunbusy(ct.m);
}

#define	CT_WHILE_XBUSIED						\
	.cc_busy = ct_xbusied, .cc_channel = ct_on_page,		\
	.cc_wake = ct_unbusy

#endif /* TEST_CONTRACT_TEST_H */
