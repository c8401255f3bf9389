/*
 * A memory disk over an anonymous object, as a swap-backed md(4).
 */
#ifndef KPI_CONSUMERS_MD_H
#define	KPI_CONSUMERS_MD_H

#include <kpi/consumers/consumer.h>

#define	MD_SECTOR	512		/* bytes; a page has eight */

enum md_command {
	MD_READ,
	MD_WRITE,
	MD_DELETE			/* forget: zeroes from now on */
};

struct md_softc {
	vm_object_t	object;		/* the sectors written */
	uint64_t	sectors;
};

/* A disk of zeroes.  May sleep. */
void		md_attach(struct md_softc *sc, uint64_t sectors);
/* Nobody may be using it. */
void		md_detach(struct md_softc *sc);

/*
 * Do the command on count sectors; data has their bytes, NULL with MD_DELETE.
 * 0, or EINVAL beyond the end.  May sleep.  Of two that overlap at the same
 * time each page sees one after the other.
 */
int		md_start(struct md_softc *sc, enum md_command command,
		    uint64_t sector, unsigned count, void *data);

/*
 * Write the pages that changed since the last time to a disk, byte for byte
 * where a sector was ever written.  0, or the disk's error: the page counts as
 * changed.  Others may use the disk meanwhile; deletions are not passed on.
 */
int		md_sync(struct md_softc *sc, struct disk *disk);

#endif /* KPI_CONSUMERS_MD_H */
