/*
 * Where a source uses names that an edit is due for.
 *
 * Of what a comparison found (kpi.json), these make an edit due: a name removed
 * or renamed, a call of another signature, locks that are stricter or other,
 * and a member that is gone.  What only has to be compiled anew is no use, nor
 * is what asks for less.
 *
 * Found are tokens, so comments, strings and #include lines do not count, and
 * text that a condition leaves out does.  A member is found behind "->" or "."
 * whatever structure it is of, but not in a source with a structure of its own
 * that has a member of that name: which one is meant, only a compiler can tell.
 * Anything else is found where it is not behind them.  A call with as
 * many arguments as the new signature has, and the old had not, is no use: it
 * has been adapted.
 */
#ifndef KPI_USES_H
#define	KPI_USES_H

#include <jansson.h>
#include <stdbool.h>

#include "token.h"

/* A name to look for.  Strings belong to the JSON. */
struct kpi_wanted {
	const char	*wa_name;	/* a member's without its structure */
	const char	*wa_class;	/* of its first change */
	bool		 wa_member;
	int		 wa_adapted;	/* arguments of a new call; -1: any
					   call is a use */
};

struct kpi_wanteds {
	struct kpi_wanted *ws_list;	/* sorted by name */
	size_t		 ws_n;
};

/*
 * What to look for between two surfaces of kpi.json; exits with status 2 and
 * the pairs there are if these are none.  Free ws_list.
 */
struct kpi_wanteds kpi_wanteds_of(const json_t *kpi, const char *old,
		    const char *new);

/* What token i uses, or NULL. */
const struct kpi_wanted *kpi_use_at(const struct kpi_wanteds *,
		    const struct kpi_tokens *, size_t i);

/* The token after #include lines that begin at token i; i if none does. */
size_t		 kpi_skip_includes(const struct kpi_tokens *, size_t i);

#endif /* KPI_USES_H */
