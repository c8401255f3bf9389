/*
 * `headers` of a surface: NAME<TAB>PATH a line, in the order that a compiler
 * looks for them.
 */
#include <err.h>
#include <string.h>

#include "store.h"

static void
read_line(void *arg, char *text, const struct kpi_place *place)
{
	struct kpi_surface *su = arg;
	struct kpi_store *st = su->su_store;
	char *tab = strchr(text, '\t');

	if (tab == NULL || tab == text || tab[1] == '\0' ||
	    strchr(tab + 1, '\t') != NULL)
		kpi_fail(place, "not a name, a tab and a path; run "
		    "tools/kpi-surface again");
	*tab = '\0';
	st->st_headers = kpi_grow(st->st_headers, st->st_nheaders + 1,
	    sizeof(*st->st_headers));
	st->st_headers[st->st_nheaders++] = (struct kpi_header){
	    kpi_string(su, text, strlen(text)),
	    kpi_string(su, tab + 1, strlen(tab + 1)) };
}

void
kpi_read_headers(struct kpi_surface *su)
{
	if (!kpi_lines(su, "headers", read_line, su))
		errx(2, "%s is no surface, it has no headers; "
		    "tools/kpi-surface makes one", su->su_dir);
	if (su->su_store->st_nheaders == 0)
		errx(2, "%s/headers is empty; run tools/kpi-surface again",
		    su->su_dir);
}
