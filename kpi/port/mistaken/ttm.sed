# m->object is locked again after a sleep that did not hold it: the page may be
# in no object by then.  9.x's vm_page_sleep() remembered which it was.
/vm_page_busy_sleep(m, "ttmpbs")/ a\
		VM_OBJECT_WLOCK(m->object);\
		VM_OBJECT_WUNLOCK(m->object);
