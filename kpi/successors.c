/*
 * successors: OLD<TAB>NEW or -<TAB>ADVICE a line, what took the place of a
 * name in this implementation.  "#" begins a comment, and none there is fine.
 */
#include <string.h>

#include "store.h"

static void
read_line(void *arg, char *text, const struct kpi_place *place)
{
	struct kpi_surface *su = arg;
	const char *field[3];
	char *rest = text;

	if (*text == '#' || text[strspn(text, " \t")] == '\0')
		return;
	for (unsigned i = 0; i < 3; i++) {
		field[i] = strsep(&rest, "\t");
		if (field[i] == NULL || *field[i] == '\0')
			kpi_fail(place, "not an old name, a tab, its successor "
			    "or -, a tab and advice");
		field[i] = kpi_string(su, field[i], strlen(field[i]));
	}
	if (rest != NULL)
		kpi_fail(place, "more than three fields");
	su->su_successors = kpi_grow(su->su_successors,
	    su->su_nsuccessors + 1, sizeof(*su->su_successors));
	su->su_successors[su->su_nsuccessors++] = (struct kpi_successor){
	    field[0], field[1], field[2] };
}

void
kpi_read_successors(struct kpi_surface *su)
{
	(void)kpi_lines(su, "successors", read_line, su);
}
