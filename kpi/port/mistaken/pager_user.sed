# Header pollution: <sys/rwlock.h> is forgotten, which <vm/vm_object.h> does not
# bring, as 9.x's did not bring <sys/mutex.h>.  The one that a compiler sees.
/#include <sys\/rwlock.h>/d
