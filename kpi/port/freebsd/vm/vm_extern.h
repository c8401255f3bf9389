/* For a source of yours, <vm/vm_extern.h>: in the lab, vm_fault.h has it. */
#ifndef KPI_VM_VM_EXTERN_H
#define	KPI_VM_VM_EXTERN_H

#include <vm/vm_fault.h>

#endif /* KPI_VM_VM_EXTERN_H */
