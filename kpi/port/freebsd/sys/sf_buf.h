/* For a source of yours, <sys/sf_buf.h>: a page mapped for a moment. */
#ifndef KPI_SYS_SF_BUF_H
#define	KPI_SYS_SF_BUF_H

#include <vm/vm.h>

#define	SFB_CATCH	1
#define	SFB_CPUPRIVATE	2
#define	SFB_DEFAULT	0
#define	SFB_NOWAIT	4

struct sf_buf;

struct sf_buf *sf_buf_alloc(struct vm_page *m, int flags);
void	sf_buf_free(struct sf_buf *sf);
vm_offset_t sf_buf_kva(struct sf_buf *sf);
struct vm_page *sf_buf_page(struct sf_buf *sf);

#endif /* KPI_SYS_SF_BUF_H */
