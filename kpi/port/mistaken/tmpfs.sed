# READ where WRITE is needed: LOCK becomes RLOCK in a function that frees pages.
/^tmpfs_truncate/,/^}/ {
	s/VM_OBJECT_WLOCK/VM_OBJECT_RLOCK/
	s/VM_OBJECT_WUNLOCK/VM_OBJECT_RUNLOCK/
}
