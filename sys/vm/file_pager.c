/*
 * The file pager: an object over a file, read for real when a page is faulted.
 *
 * Stands for the vnode pager's page-in.  There is no vnode, so nothing of its
 * lock is modelled, and no buffer cache of our own: the machine's is used.
 */
#include <sys/systm.h>
#include <vm/vm_verbs.h>
#include <vm/vm_pager.h>

static void	file_pager_dealloc(vm_object_t object);
static int	file_pager_getpages(vm_object_t object, vm_page_t *m,
		    int count, int reqpage);

static const struct pagerops file_pager_ops = {
	.pgo_name = "file",
	.pgo_dealloc = file_pager_dealloc,
	.pgo_getpages = file_pager_getpages,
	.pgo_haspage = vm_pager_in_size,
};

/* The descriptor lives in the object's handle, plus one: NULL is none. */
static int
file_pager_fd(vm_object_t object)
{
	KASSERT(object->handle != NULL,
	    ("file_pager_fd: object %p has no file", object));
	return ((int)(intptr_t)object->handle - 1);
}

vm_object_t
vm_file_pager_allocate(const char *path, vm_pindex_t size, int *error)
{
	vm_object_t object;
	int fd;

	fd = md_file_open(path);
	if (fd < 0) {
		*error = -fd;
		return (NULL);
	}
	object = vm_object_allocate(OBJT_VNODE, size);
	object->handle = (void *)(intptr_t)(fd + 1);
	object->pager = &file_pager_ops;
	*error = 0;
	return (object);
}

static void
file_pager_dealloc(vm_object_t object)
{
	pv_object_assert_locked(object);
	KASSERT((object->flags & OBJ_DEAD) != 0,
	    ("file_pager_dealloc: object %p alive", object));
	md_file_close(file_pager_fd(object));
	object->handle = NULL;
}

/* Read one page, zeroes beyond the end of the file.  False: it cannot be. */
static bool
file_pager_read(int fd, vm_page_t m)
{
	char *frame = vm_page_dmap(m);
	size_t done = 0;
	long n;

	do {
		n = md_file_read(fd, frame + done, PAGE_SIZE - done,
		    IDX_TO_OFF(m->pindex) + done);
		if (n < 0)
			return (false);
		done += (size_t)n;
	} while (n > 0 && done < PAGE_SIZE);
	md_zero(frame + done, PAGE_SIZE - done);
	return (true);
}

static int
file_pager_getpages(vm_object_t object, vm_page_t *m, int count, int reqpage)
{
	int fd, nread;

	pv_object_assert_locked(object);
	fd = file_pager_fd(object);
	pv_object_unlock(object);
	vm_pager_io_wait();
	for (nread = 0; nread < count; nread++)
		if (!file_pager_read(fd, m[nread]))
			break;
	pv_object_lock(object);
	vm_pager_finish(object, m, count, reqpage, nread);
	return (nread > reqpage ? VM_PAGER_OK : VM_PAGER_ERROR);
}
