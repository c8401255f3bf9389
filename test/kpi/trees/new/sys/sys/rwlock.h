/* The rwlock's operations. */
#ifndef _SYS_RWLOCK_H_
#define	_SYS_RWLOCK_H_

#include <sys/_rwlock.h>

#define	RA_WLOCKED	4

void	rw_wlock(struct rwlock *);
void	rw_wunlock(struct rwlock *);
void	rw_rlock(struct rwlock *);
void	rw_runlock(struct rwlock *);
void	rw_assert(struct rwlock *, int);

#endif /* _SYS_RWLOCK_H_ */
