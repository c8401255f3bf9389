/* For a source of yours, <vm/vm_param.h>: in the lab, vm.h has all of it. */
#ifndef KPI_VM_VM_PARAM_H
#define	KPI_VM_VM_PARAM_H

#include <vm/vm.h>

#endif /* KPI_VM_VM_PARAM_H */
