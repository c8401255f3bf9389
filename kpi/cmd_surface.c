/*
 * kpi surface DIR: every item of a surface, one a line, tabs between.  What
 * does not apply, or is not known, is "-".
 */
#include <inttypes.h>
#include <stdio.h>

#include "cmd.h"
#include "surface.h"

static const char *
or_dash(const char *text)
{
	return (text == NULL ? "-" : text);
}

/* A number in its field, behind a tab. */
static void
print_number(bool known, int64_t value)
{
	if (known)
		printf("\t%" PRId64, value);
	else
		printf("\t-");
}

static void
print_seen(unsigned seen)
{
	char before = '\t';

	for (unsigned i = 0; i < KPI_SEERS; i++)
		if ((seen & 1u << i) != 0) {
			printf("%c%s", before, kpi_seer_names[i]);
			before = ',';
		}
}

static void
print_item(const struct kpi_item *it)
{
	bool laid_out = (it->ki_seen & KPI_SEEN_LAYOUT) != 0;
	bool member = laid_out && it->ki_kind == KPI_MEMBER;
	const struct kpi_contract *c = &it->ki_contract;

	printf("%s\t%s\t%s:%u", kpi_kind_name(it->ki_kind), it->ki_name,
	    or_dash(it->ki_header), it->ki_line);
	print_number(it->ki_has_value, it->ki_value);
	print_number(member, it->ki_offset);
	print_number(member, it->ki_offset / KPI_CACHE_LINE);
	print_number(laid_out && it->ki_size > 0, it->ki_size);
	print_number(laid_out && !member, it->ki_holes);
	printf("\t%s\t%s\t%s\t%s\t%s\t%s", or_dash(it->ki_type),
	    or_dash(it->ki_signature), or_dash(c->kc_object),
	    or_dash(c->kc_page), or_dash(c->kc_sleep), or_dash(c->kc_checked));
	print_seen(it->ki_seen);
	printf("\t%s\n", or_dash(it->ki_body));
}

int
kpi_cmd_surface(int argc, char **argv)
{
	struct kpi_surface *su;

	if (argc != 2)
		kpi_usage(argv[0]);
	su = kpi_surface_read(argv[1]);
	printf("kind\tname\twhere\tvalue\toffset\tline\tsize\tholes\ttype\t"
	    "signature\tobject\tpage\tsleep\tchecked\tseen_by\tbody\n");
	for (size_t i = 0; i < su->su_nitems; i++)
		print_item(&su->su_items[i]);
	kpi_surface_free(su);
	return (0);
}
