/*
 * Users: one structure an id, found in a list, gone with the last reference.
 *
 * Stands for the struct uidinfo part of FreeBSD's sys/kern/kern_resource.c.
 * Differences: (1) a list under a mutex where FreeBSD has a hash table under a
 * rwlock; (2) user 0 is never freed.
 */
#include <sys/mutex.h>
#include <sys/refcount.h>
#include <sys/resourcevar.h>
#include <vm/uma.h>

/* Taken with nothing held but map and object locks; a leaf. */
static struct mtx uidinfo_mtx;		/* "uidinfo list" */
static LIST_HEAD(, uidinfo) uidinfos;	/* under it */
static uma_zone_t uidinfo_zone;

struct uidinfo	uidinfo_root;

static void
uidinfo_setup(struct uidinfo *uip, unsigned uid)
{
	mtx_init(&uip->ui_vmsize_mtx, "ui_vmsize", NULL, MTX_DEF);
	uip->ui_vmsize = 0;
	uip->ui_uid = uid;
	refcount_init(&uip->ui_ref, 1);
}

void
uidinfo_init(void)
{
	mtx_init(&uidinfo_mtx, "uidinfo list", NULL, MTX_DEF);
	LIST_INIT(&uidinfos);
	uidinfo_setup(&uidinfo_root, 0);
	LIST_INSERT_HEAD(&uidinfos, &uidinfo_root, ui_list);
}

void
uidinfo_zinit(void)
{
	uidinfo_zone = uma_zcreate_of("uidinfo", struct uidinfo);
}

/* With a reference more, or NULL. */
static struct uidinfo *
uilookup(unsigned uid)
{
	struct uidinfo *uip;

	mtx_assert(&uidinfo_mtx, MA_OWNED);
	LIST_FOREACH(uip, &uidinfos, ui_list)
		if (uip->ui_uid == uid) {
			refcount_acquire(&uip->ui_ref);
			break;
		}
	return (uip);
}

/* Memory is got with the list unlocked, so another may have been faster. */
struct uidinfo *
uifind(unsigned uid)
{
	struct uidinfo *uip, *fresh;

	mtx_lock(&uidinfo_mtx);
	uip = uilookup(uid);
	mtx_unlock(&uidinfo_mtx);
	if (uip != NULL)
		return (uip);
	fresh = uma_zalloc(uidinfo_zone, M_WAITOK);
	uidinfo_setup(fresh, uid);
	mtx_lock(&uidinfo_mtx);
	uip = uilookup(uid);
	if (uip == NULL)
		LIST_INSERT_HEAD(&uidinfos, fresh, ui_list);
	mtx_unlock(&uidinfo_mtx);
	if (uip == NULL)
		return (fresh);
	mtx_destroy(&fresh->ui_vmsize_mtx);
	uma_zfree(uidinfo_zone, fresh);
	return (uip);
}

void
uihold(struct uidinfo *uip)
{
	refcount_acquire(&uip->ui_ref);
}

/* Under the list's lock, or a look-up could find what is being freed. */
void
uifree(struct uidinfo *uip)
{
	bool last;

	mtx_lock(&uidinfo_mtx);
	last = refcount_release(&uip->ui_ref);
	KASSERT(!last || uip != &uidinfo_root,
	    ("uifree: user 0 has no reference"));
	if (last)
		LIST_REMOVE(uip, ui_list);
	mtx_unlock(&uidinfo_mtx);
	if (last) {
		mtx_destroy(&uip->ui_vmsize_mtx);
		uma_zfree(uidinfo_zone, uip);
	}
}
