/*
 * A memory disk: sectors in the pages of an anonymous object.
 *
 * An absent page, and a block that is not valid, read as zeroes.  Who reads or
 * writes a sector busies its page and moves the bytes with the object
 * unlocked; md_sync() soft-busies, for it changes no byte.
 *
 * It asks nothing of the old KPI that the new one does not have under another
 * name: no page is busied in both ways at once, and every wait begins again by
 * the index.  So it is what a port by renaming gets right.
 */
#include <sys/systm.h>
#include <sys/lock.h>
#include <sys/mutex.h>
#include <vm/vm.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <kpi/consumers/md.h>

static void	md_rw(struct md_softc *, vm_ooffset_t, unsigned, char *,
		    enum uio_rw);
static int	md_writeout(struct md_softc *, vm_page_t, struct disk *);

void
md_attach(struct md_softc *sc, uint64_t sectors)
{
	sc->sectors = sectors;
	sc->object = vm_object_allocate(OBJT_DEFAULT,
	    howmany(sectors * MD_SECTOR, PAGE_SIZE));
}

void
md_detach(struct md_softc *sc)
{
	vm_object_deallocate(sc->object);
}

/* Move size bytes at off, all in one page.  Object locked. */
static void
md_rw(sc, off, size, data, rw)
	struct md_softc *sc;
	vm_ooffset_t off;
	unsigned size;
	char *data;
	enum uio_rw rw;
{
	unsigned base = off & PAGE_MASK;
	vm_page_t m;
	char *kva;

	m = vm_page_grab(sc->object, OFF_TO_IDX(off), VM_ALLOC_NORMAL |
	    VM_ALLOC_RETRY);
	if (rw == UIO_READ && !vm_page_is_valid(m, base, size))
		vm_page_zero_invalid(m, TRUE);
	VM_OBJECT_UNLOCK(sc->object);
	kva = (char *)vm_page_dmap(m) + base;
	md_copy(rw == UIO_READ ? data : kva, rw == UIO_READ ? kva : data, size);
	VM_OBJECT_LOCK(sc->object);
	if (rw == UIO_WRITE) {
		vm_page_set_valid_range(m, base, size);
		vm_page_dirty(m);
	}
	vm_page_wakeup(m);
}

/* Forget size bytes at off, all in one page.  Object locked. */
static void
md_delete(struct md_softc *sc, vm_ooffset_t off, unsigned size)
{
	vm_page_t m;

	while ((m = vm_page_lookup(sc->object, OFF_TO_IDX(off))) != NULL &&
	    vm_page_sleep_if_busy(m, TRUE, "mddel"))
		continue;
	if (m == NULL)
		return;
	if (size < PAGE_SIZE) {
		vm_page_set_invalid(m, off & PAGE_MASK, size);
		return;
	}
	vm_page_lock(m);
	vm_page_free(m);
	vm_page_unlock(m);
}

int
md_start(struct md_softc *sc, enum md_command command, uint64_t sector,
    unsigned count, void *data)
{
	vm_ooffset_t start = sector * MD_SECTOR, off = start;
	vm_ooffset_t end = start + (vm_ooffset_t)count * MD_SECTOR;
	unsigned size;

	if (sector > sc->sectors || count > sc->sectors - sector)
		return (EINVAL);
	VM_OBJECT_LOCK(sc->object);
	vm_object_pip_add(sc->object, 1);
	for (; off < end; off += size) {
		size = ulmin(end - off, PAGE_SIZE - (off & PAGE_MASK));
		if (command == MD_DELETE)
			md_delete(sc, off, size);
		else
			md_rw(sc, off, size, (char *)data + (off - start),
			    command == MD_READ ? UIO_READ : UIO_WRITE);
	}
	vm_object_pip_wakeup(sc->object);
	VM_OBJECT_UNLOCK(sc->object);
	return (0);
}

/*
 * Write a soft-busied page's valid sectors.  It counts as clean from before
 * the first: who writes to it later makes it dirty anew.  Object locked.
 */
static int
md_writeout(sc, m, disk)
	struct md_softc *sc;
	vm_page_t m;
	struct disk *disk;
{
	unsigned base, valid = m->valid;
	int error = 0;

	vm_page_undirty(m);
	VM_OBJECT_UNLOCK(sc->object);
	for (base = 0; base < PAGE_SIZE && error == 0; base += MD_SECTOR)
		if ((valid & 1 << base / MD_SECTOR) != 0)
			error = disk->d_strategy(disk, UIO_WRITE,
			    IDX_TO_OFF(m->pindex) + base,
			    (char *)vm_page_dmap(m) + base, MD_SECTOR);
	VM_OBJECT_LOCK(sc->object);
	if (error != 0)
		vm_page_dirty(m);
	return (error);
}

int
md_sync(struct md_softc *sc, struct disk *disk)
{
	vm_pindex_t pindex;
	vm_page_t m;
	int error = 0;

	VM_OBJECT_LOCK(sc->object);
	for (pindex = 0; pindex < sc->object->size && error == 0; pindex++) {
		m = vm_page_lookup(sc->object, pindex);
		if (m == NULL || m->dirty == 0)
			continue;
		m = vm_page_grab(sc->object, pindex, VM_ALLOC_NORMAL |
		    VM_ALLOC_NOBUSY | VM_ALLOC_RETRY);
		vm_page_io_start(m);
		error = md_writeout(sc, m, disk);
		vm_page_io_finish(m);
	}
	VM_OBJECT_UNLOCK(sc->object);
	return (error);
}
