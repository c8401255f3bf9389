# What vm_page_tryxbusy() returns is not looked at: the page is somebody else's.
# 9.x's vm_page_busy() could not fail where VPO_BUSY had been tested.
/if (vm_page_busied(ma\[i\]))/ {
	N
	d
}
s/vm_page_xbusy(ma\[i\])/(void)vm_page_tryxbusy(ma[i])/
