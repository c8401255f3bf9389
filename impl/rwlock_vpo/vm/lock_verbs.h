/*
 * The verbs of the object's lock after r248084: 9.x's, with the write lock for
 * the mutex.  What a caller had to add is the include of <sys/rwlock.h>.
 */
#include <vm/old_lock_verbs.h>
#include_next <vm/lock_verbs.h>
