/*
 * successors: OLD<TAB>NEW or -<TAB>ADVICE a line, what took the place of a
 * name in this implementation; perhaps <TAB>stricter, relaxed or other, of what
 * no contract says.  "#" begins a comment, and none there is fine.
 */
#include <string.h>

#include "store.h"

static bool
is_order(const char *word)
{
	return (strcmp(word, "stricter") == 0 ||
	    strcmp(word, "relaxed") == 0 || strcmp(word, "other") == 0);
}

static void
read_line(void *arg, char *text, const struct kpi_place *place)
{
	struct kpi_surface *su = arg;
	const char *field[4] = { NULL };
	char *rest = text;

	if (*text == '#' || text[strspn(text, " \t")] == '\0')
		return;
	for (unsigned i = 0; i < 4; i++) {
		field[i] = strsep(&rest, "\t");
		if (i < 3 && (field[i] == NULL || *field[i] == '\0'))
			kpi_fail(place, "not an old name, a tab, its successor "
			    "or -, a tab and advice");
		if (field[i] != NULL)
			field[i] = kpi_string(su, field[i], strlen(field[i]));
	}
	if (rest != NULL)
		kpi_fail(place, "more than four fields");
	if (field[3] != NULL && !is_order(field[3]))
		kpi_fail(place, "the fourth field is stricter, relaxed or "
		    "other, not \"%s\"", field[3]);
	su->su_successors = kpi_grow(su->su_successors,
	    su->su_nsuccessors + 1, sizeof(*su->su_successors));
	su->su_successors[su->su_nsuccessors++] = (struct kpi_successor){
	    field[0], field[1], field[2], field[3] };
}

void
kpi_read_successors(struct kpi_surface *su)
{
	(void)kpi_lines(su, "successors", read_line, su);
}
