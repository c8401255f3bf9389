/*
 * The port in a hurry of renamed.h, by one who read that LOCK has become two
 * and took the one that sounds cheaper: RLOCK.
 *
 * It differs in the names of the lock alone.  r254138 has nothing to ask
 * whether this thread has a read lock, so for VM_OBJECT_LOCKED() the porter
 * compares the word with "unlocked".
 */
#define	RENAMED_LOCK	VM_OBJECT_RLOCK
#define	RENAMED_UNLOCK	VM_OBJECT_RUNLOCK
#define	RENAMED_TRYLOCK	VM_OBJECT_TRYRLOCK
#define	RENAMED_OWNED	RA_RLOCKED
#define	RENAMED_LOCKED(rw)	((rw)->rw_lock != RW_UNLOCKED)

#include "renamed.h"
