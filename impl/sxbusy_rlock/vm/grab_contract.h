/*
 * Contract of vm_page_grab() with the object locked in either mode, but for
 * VM_ALLOC_NOBUSY, which wants the write mode.
 */
CONTRACT(vm_page_grab, READ, FREE, OBJECT, CHECKED)
