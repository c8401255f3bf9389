/* The page, its busy state one word. */
#ifndef _VM_PAGE_
#define	_VM_PAGE_

struct vm_page {
	struct vm_page	*next;
	vm_object_t	object;
	vm_pindex_t	pindex;
	u_int		wire_count;
	volatile u_int	busy_lock;
	u_char		oflags;
	u_char		valid;
};

#define	VPO_SWAPSLEEP	0x02
#define	VPO_NOSYNC	0x10

#define	VM_ALLOC_WIRED	0x0020
#define	VM_ALLOC_SBUSY	0x4000

int		vm_page_tryxbusy(vm_page_t m);
void		vm_page_xbusy(vm_page_t m);
void		vm_page_xunbusy(vm_page_t m);
vm_page_t	vm_page_grab(vm_object_t, vm_pindex_t, int);
vm_page_t	vm_page_lookup(vm_object_t, vm_pindex_t);
int		vm_page_sleep_if_busy(vm_page_t m, const char *msg);

#endif /* _VM_PAGE_ */
