/*
 * Contract of vm_page_grab(), r254138.  The words are in <vm/vm_contract.h>.
 */
CONTRACT(vm_page_grab, WRITE, FREE, OBJECT, CHECKED)
