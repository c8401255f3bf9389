/*
 * Before the VM was free of Giant: all of it needs Giant, held from the first
 * lock of an operation to the last, vm_mtx within it.
 */
#define	GIANT_STAGE	GIANT_ALL
#include_next <vm/giant_stage.h>
