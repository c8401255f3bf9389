/* The mutex's structure. */
#ifndef _SYS__MUTEX_H_
#define	_SYS__MUTEX_H_

struct mtx {
	const char	*lo_name;
	volatile u_long	mtx_lock;
};

#endif /* _SYS__MUTEX_H_ */
