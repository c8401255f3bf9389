/*
 * For a source of yours, <sys/systm.h>: the lab's, and what is elsewhere in the
 * lab: memory and strings, sleeping.
 */
#ifndef KPI_SYS_SYSTM_H
#define	KPI_SYS_SYSTM_H

#include <sys/types.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include_next <sys/systm.h>
#include <sys/queue.h>
#include <sys/sleepqueue.h>

struct sbuf;
struct ucred;

int	tsleep(const void *wchan, int pri, const char *wmesg, int timo);
int	pause(const char *wmesg, int timo);
void	wakeup_one(const void *wchan);
int	copyin(const void *uaddr, void *kaddr, size_t len);
int	copyout(const void *kaddr, void *uaddr, size_t len);
int	uprintf(const char *format, ...);

#define	MPASS(cond)	KASSERT(cond, ("%s", #cond))
#define	CTASSERT(cond)	_Static_assert(cond, #cond)

#endif /* KPI_SYS_SYSTM_H */
