# VM_ALLOC_IGN_SBUSY without NOBUSY stays as it was: the page comes with sharers,
# and is to be busied exclusively.  9.x set VPO_BUSY over the count.
/vm_page_grab(object, pindex, VM_ALLOC_NORMAL)/ s/VM_ALLOC_NORMAL/& | VM_ALLOC_IGN_SBUSY/
