/*
 * Members named busy that are no page's: tools/kpi-convert leaves them alone,
 * and does not ask a person of them.  See idioms_calls.c.
 */
#include <sys/systm.h>
#include <vm/vm.h>
#include <vm/vm_page.h>

struct idiom_channel {
	int busy;
};

typedef struct {
	int busy;
	int oflags;
	vm_page_t page;
} idiom_softc_t;

typedef struct idiom_channel *idiom_channel_t;

struct idiom_device {
	struct idiom_channel channel[4];
	struct {
		int busy;
	} in;
};

#define	IDIOM_DEVICE(x)	((struct idiom_device *)(x))

int	idiom_typedef(idiom_softc_t *sc, idiom_channel_t channel);
int	idiom_inner(struct idiom_device *dev, void *arg, int i);
int	idiom_local(struct vm_page *m);

int
idiom_typedef(idiom_softc_t *sc, idiom_channel_t channel)
{
	idiom_softc_t other = *sc;

	sc->busy++;
	other.busy += 2;
	channel->busy = 0;
	while (sc->busy != 0 && sc->oflags == 0)
		--sc->busy;
#ifdef OLD
	sc->page->busy++;
	return (other.page->busy != 0);
#else
	vm_page_sbusy(sc->page);
	return (vm_page_sbusied(other.page));
#endif
}

int
idiom_inner(struct idiom_device *dev, void *arg, int i)
{
	dev->channel[i].busy++;
	dev->in.busy++;
	if (IDIOM_DEVICE(arg)->in.busy == 0)
		return (1);
	return (((struct idiom_device *)arg)->channel[i].busy > 0);
}

int
idiom_local(struct vm_page *m)
{
	struct {
		int busy;
	} mine, *mines = &mine;

	mine.busy = 1;
	mines->busy++;
#ifdef OLD
	return (m->busy + mine.busy);
#else
	return (VPB_SHARERS(m->busy_lock) + mine.busy);
#endif
}
