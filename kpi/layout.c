/*
 * Offsets and sizes for the types and members of a surface.  Read layout.h
 * first.
 *
 * Only types that a header of the surface defines are taken over.  An unnamed
 * member of a named type (-fms-extensions) is flattened: its members are the
 * structure's, and the named type, which is nothing but a part of it, is no
 * item any more.
 */
#include "layout.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>

void
kpi_layout_record(struct kpi_layout *la, const char *name, size_t len)
{
	la->la_records = kpi_grow(la->la_records, la->la_nrecords + 1,
	    sizeof(*la->la_records));
	la->la_records[la->la_nrecords++] = (struct kpi_record){
	    .re_name = kpi_string(la->la_su, name, len) };
	la->la_open = true;
	la->la_depth = 0;
}

static void
add_field(struct kpi_record *re, const struct kpi_field *f)
{
	re->re_fields = kpi_grow(re->re_fields, re->re_nfields + 1,
	    sizeof(*re->re_fields));
	re->re_fields[re->re_nfields++] = *f;
}

void
kpi_layout_field(struct kpi_layout *la, const struct kpi_field *f)
{
	add_field(&la->la_records[la->la_nrecords - 1], f);
}

struct kpi_record *
kpi_layout_find(const struct kpi_layout *la, const char *type)
{
	const char *space = strchr(type, ' ');

	if (space != NULL && (strncmp(type, "struct ", 7) == 0 ||
	    strncmp(type, "union ", 6) == 0))
		type = space + 1;
	for (size_t i = 0; i < la->la_nrecords; i++)
		if (strcmp(la->la_records[i].re_name, type) == 0)
			return (&la->la_records[i]);
	return (NULL);
}

static void
absorb(struct kpi_layout *la, struct kpi_record *part,
    const struct kpi_record *whole)
{
	struct kpi_surface *su = la->la_su;

	part->re_absorbed = true;
	su->su_parts = kpi_grow(su->su_parts, su->su_nparts + 1,
	    sizeof(*su->su_parts));
	su->su_parts[su->su_nparts++] = (struct kpi_part){ part->re_name,
	    whole->re_name };
}

/* Put the fields of what is included without a name in its place. */
static void
flatten(struct kpi_layout *la, struct kpi_record *re)
{
	struct kpi_record flat = *re;

	flat.re_fields = NULL;
	flat.re_nfields = 0;
	for (size_t i = 0; i < re->re_nfields; i++) {
		const struct kpi_field *f = &re->re_fields[i];
		struct kpi_record *part = kpi_layout_find(la, f->fi_type);

		if (f->fi_name != NULL) {
			add_field(&flat, f);
			continue;
		}
		if (part == NULL || part == re)
			continue;
		flatten(la, part);
		absorb(la, part, re);
		for (size_t j = 0; j < part->re_nfields; j++) {
			struct kpi_field inner = part->re_fields[j];

			inner.fi_offset += f->fi_offset;
			if (inner.fi_origin == NULL)
				inner.fi_origin = kpi_stringf(la->la_su,
				    "%s.%s", part->re_name, inner.fi_name);
			add_field(&flat, &inner);
		}
	}
	free(re->re_fields);
	*re = flat;
}

/* By offset; what contains others before them. */
static int
compare_fields(const void *a, const void *b)
{
	const struct kpi_field *fa = a, *fb = b;

	if (fa->fi_offset != fb->fi_offset)
		return (fa->fi_offset < fb->fi_offset ? -1 : 1);
	return ((fa->fi_size < fb->fi_size) - (fa->fi_size > fb->fi_size));
}

/* Bytes between fields.  Where a size is unknown there is taken to be none. */
static unsigned
holes(struct kpi_record *re)
{
	unsigned end = 0, sum = 0;

	if (re->re_nfields > 0)
		qsort(re->re_fields, re->re_nfields, sizeof(*re->re_fields),
		    compare_fields);
	for (size_t i = 0; i < re->re_nfields; i++) {
		const struct kpi_field *f = &re->re_fields[i];

		if (f->fi_offset > end && i > 0 && f[-1].fi_size > 0)
			sum += f->fi_offset - end;
		if (f->fi_offset + f->fi_size > end)
			end = f->fi_offset + f->fi_size;
	}
	return (sum);
}

static void
add_member(struct kpi_surface *su, const struct kpi_record *re,
    const struct kpi_field *f, const struct kpi_item *type)
{
	const char *name = kpi_stringf(su, "%s.%s", re->re_name, f->fi_name);
	const struct kpi_item *origin = f->fi_origin == NULL ? NULL :
	    kpi_item_find(su, KPI_GROUP_MEMBER, f->fi_origin);
	struct kpi_item from = origin != NULL ? *origin : *type;
	struct kpi_item *it = kpi_item(su, KPI_MEMBER, name);

	if (it->ki_header == NULL) {
		it->ki_header = from.ki_header;
		it->ki_line = from.ki_line;
		it->ki_seen = origin != NULL ? from.ki_seen : 0;
		it->ki_type = origin != NULL ? from.ki_type : NULL;
		it->ki_when = origin != NULL ? from.ki_when : NULL;
	}
	if (it->ki_type == NULL)
		it->ki_type = f->fi_type;
	it->ki_offset = f->fi_offset;
	it->ki_bit = f->fi_bit;
	it->ki_size = f->fi_size;
	it->ki_seen |= KPI_SEEN_LAYOUT;
}

static void
add_record(struct kpi_surface *su, struct kpi_record *re)
{
	struct kpi_item *found = kpi_item_find(su, KPI_GROUP_TYPE,
	    re->re_name), type;

	if (found == NULL)
		return;
	found->ki_size = re->re_size;
	found->ki_align = re->re_align;
	found->ki_holes = holes(re);
	found->ki_seen |= KPI_SEEN_LAYOUT;
	type = *found;		/* it moves as members are added */
	for (size_t i = 0; i < re->re_nfields; i++)
		add_member(su, re, &re->re_fields[i], &type);
}

/* Take a type and its members away: they are their structure's. */
static void
drop_record(struct kpi_surface *su, const struct kpi_record *re)
{
	const char *dotted = kpi_stringf(su, "%s.", re->re_name);

	for (size_t i = su->su_nitems; i-- > 0;) {
		struct kpi_item *it = &su->su_items[i];

		if ((it->ki_kind == KPI_TYPE &&
		    strcmp(it->ki_name, re->re_name) == 0) ||
		    (it->ki_kind == KPI_MEMBER &&
		    strncmp(it->ki_name, dotted, strlen(dotted)) == 0))
			kpi_item_drop(su, it);
	}
}

/* The first line says whose it is: clang begins with a headline. */
static void
read_line(void *arg, char *text, const struct kpi_place *place)
{
	struct kpi_layout *la = arg;

	if (la->la_nrecords == 0 && strncmp(text, "***", 3) == 0)
		la->la_clang = true;
	if (la->la_clang)
		kpi_layout_clang(la, text, place);
	else
		kpi_layout_pahole(la, text, place);
}

bool
kpi_read_layout(struct kpi_surface *su)
{
	struct kpi_layout la = { .la_su = su };
	bool there = kpi_lines(su, "layout.txt", read_line, &la);

	if (there && (la.la_nrecords == 0 || la.la_open))
		errx(2, "%s/layout.txt is cut off; run tools/kpi-surface "
		    "again", su->su_dir);
	if (la.la_clang)
		kpi_layout_sizes(&la);
	for (size_t i = 0; i < la.la_nrecords; i++)
		flatten(&la, &la.la_records[i]);
	for (size_t i = 0; i < la.la_nrecords; i++)
		add_record(su, &la.la_records[i]);
	for (size_t i = 0; i < la.la_nrecords; i++) {
		if (la.la_records[i].re_absorbed)
			drop_record(su, &la.la_records[i]);
		free(la.la_records[i].re_fields);
	}
	free(la.la_records);
	return (there);
}
