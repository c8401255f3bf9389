# m->object is locked again after a sleep that did not hold it: the page may be
# in no object by then.  9.x's vm_page_sleep() remembered which it was.  (The
# page lock is passed through so that the test always meets the page outside:
# who removes it wakes the sleeper first and takes it out of the object then.)
/vm_page_busy_sleep(m, "ttmpbs")/ a\
		vm_page_lock(m);\
		vm_page_unlock(m);\
		VM_OBJECT_WLOCK(m->object);\
		VM_OBJECT_WUNLOCK(m->object);
