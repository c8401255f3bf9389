/*
 * Contract of vm_page_grab(), 9.x.  The words are in <vm/vm_contract.h>.
 */
CONTRACT(vm_page_grab, WRITE, FREE, OBJECT, CHECKED)
