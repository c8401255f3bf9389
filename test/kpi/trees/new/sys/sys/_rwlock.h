/* The rwlock's structure. */
#ifndef _SYS__RWLOCK_H_
#define	_SYS__RWLOCK_H_

struct rwlock {
	const char	*lo_name;
	volatile u_long	rw_lock;
};

#endif /* _SYS__RWLOCK_H_ */
