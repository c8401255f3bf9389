/*
 * Contracts of the object's lock between r248084 and r254138: the calls that
 * look are content with the read mode.
 */
#define	CONTRACT_LOOK	READ

#include_next <vm/lock_contract.h>
