/*
 * Contracts of the busy KPI, 9.x: the object's lock for everything.
 * The words are in <vm/vm_contract.h>.
 */
CONTRACT(vm_page_busy, WRITE, ANY, NO, CHECKED)
CONTRACT(vm_page_wakeup, WRITE, ANY, NO, CHECKED)
CONTRACT(vm_page_flash, WRITE, ANY, NO, CHECKED)
CONTRACT(vm_page_io_start, WRITE, ANY, NO, CHECKED)
CONTRACT(vm_page_io_finish, WRITE, ANY, NO, CHECKED)
CONTRACT(vm_page_sleep, WRITE, ANY, BOTH, CHECKED)
/* Asserted only on the way to sleep. */
CONTRACT(vm_page_sleep_if_busy, WRITE, ANY, BOTH, CHECKED)
CONTRACT(vm_page_readahead_finish, WRITE, FREE, NO, CHECKED)
