/*
 * Which branches of #if, #elif and #else a consumer compiles.
 *
 * A consumer is a kernel source: _KERNEL is defined; LOCORE, __ASSEMBLER__,
 * __cplusplus and lint are not; constants mean what they are.  Of any other
 * name nothing is known, INVARIANTS and options of the kernel among them: a
 * branch that hangs on one may be compiled or not.  It is read, so that a
 * change is seen whichever way a kernel is configured; and what it hangs on is
 * kept as text, so that a name that is there in other kernels than before is
 * seen too.
 */
#ifndef KPI_CONDITIONS_H
#define	KPI_CONDITIONS_H

#include "store.h"
#include "token.h"

/* Ordered, so that "and" is the least and "or" the greatest. */
enum kpi_truth { KPI_NO, KPI_MAYBE, KPI_YES };

#define	KPI_CONDITIONS_MAX	64	/* nested; C promises 63 */

struct kpi_conditions {
	struct {
		enum kpi_truth	taken;	/* was a branch before this one? */
		enum kpi_truth	now;	/* is this one? */
		const char	*when;	/* what decides, "" if that is known */
		const char	*not;	/* that no branch before this one was */
	} co_stack[KPI_CONDITIONS_MAX];
	unsigned	co_depth;
	struct kpi_surface *co_su;	/* owns the texts */
};

/* Is what stands here compiled? */
enum kpi_truth	kpi_conditions_live(const struct kpi_conditions *);

/* What that hangs on, "defined(SMP) && !defined(KTR)"; "" if on nothing. */
const char	*kpi_conditions_when(const struct kpi_conditions *);

/*
 * A name is defined here: that it was not before, as a header asks that lets
 * others define it, is no condition any more.
 */
void		kpi_conditions_defined(struct kpi_conditions *,
		    const struct kpi_token *name);

/*
 * Follow a directive, name and what is behind it.  False if it is none of
 * these.  Exits at an #else, #elif or #endif without #if.
 */
bool		kpi_conditions_follow(struct kpi_conditions *,
		    const struct kpi_token *, size_t n,
		    const struct kpi_place *);

/* The branch that stands here is compiled after all: an include guard's. */
void		kpi_conditions_sure(struct kpi_conditions *);

/* Exit if an #if has no #endif; the place is the end of the file. */
void		kpi_conditions_end(const struct kpi_conditions *,
		    const struct kpi_place *);

#endif /* KPI_CONDITIONS_H */
