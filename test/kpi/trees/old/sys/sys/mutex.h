/* The mutex's operations. */
#ifndef _SYS_MUTEX_H_
#define	_SYS_MUTEX_H_

#include <sys/_mutex.h>

#define	MA_OWNED	1

void	mtx_lock(struct mtx *);
void	mtx_unlock(struct mtx *);
void	mtx_assert(struct mtx *, int);

#endif /* _SYS_MUTEX_H_ */
