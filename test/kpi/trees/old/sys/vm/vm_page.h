/* The page, its busy state two things. */
#ifndef _VM_PAGE_
#define	_VM_PAGE_

struct vm_page {
	struct vm_page	*next;
	vm_object_t	object;
	vm_pindex_t	pindex;
	u_int		wire_count;
	u_short		oflags;
	u_char		busy;
	u_char		valid;
};

#define	VPO_BUSY	0x0001
#define	VPO_WANTED	0x0002
#define	VPO_NOSYNC	0x0400

#define	VM_ALLOC_WIRED	0x0020
#define	VM_ALLOC_RETRY	0x0080

void		vm_page_busy(vm_page_t m);
void		vm_page_wakeup(vm_page_t m);
vm_page_t	vm_page_grab(vm_object_t, vm_pindex_t, int);
vm_page_t	vm_page_lookup(vm_object_t, vm_pindex_t);
void		vm_page_sleep(vm_page_t m, const char *msg);

static __inline int
vm_page_sleep_if_busy(vm_page_t m, int also_m_busy, const char *msg)
{
	if ((m->oflags & VPO_BUSY) == 0 && (!also_m_busy || m->busy == 0))
		return (FALSE);
	vm_page_sleep(m, msg);
	return (TRUE);
}

#endif /* _VM_PAGE_ */
