/* Types every part of the VM uses. */
#ifndef VM_H
#define	VM_H

#include <sys/types.h>

typedef u_char vm_prot_t;

#endif /* VM_H */
