/*
 * The lines of clang -Xclang -fdump-record-layouts, better with -complete and
 * -canonical too:
 *
 *	         0 | struct vm_page
 *	         0 |   struct vm_page::(unnamed at FILE:39:2) pageq
 *	         0 |     struct vm_page * tqe_next
 *	        84 |   struct vm_page_busy
 *	        84 |     volatile unsigned int busy_lock
 *	    92:0-2 |   unsigned short a
 *	           | [sizeof=104, align=8]
 *
 * Two spaces are a level.  A member without a name ends in a space.  What is
 * within a member of a named type is that type's own and is left out here.
 * Sizes of fields are not said; they follow from their types on LP64, as far
 * as these are spelt out.  Read layout.h first.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "layout.h"
#include "number.h"

#define	POINTER_SIZE	8

static bool
is_unnamed_type(const char *type)
{
	return (strstr(type, "(unnamed ") != NULL ||
	    strstr(type, "(anonymous ") != NULL);
}

/* "struct vm_page", or a typedef's name where the type has none. */
static void
open_record(struct kpi_layout *la, const char *text)
{
	static const char *const words[] = { "struct ", "union ", "class " };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strncmp(text, words[i], strlen(words[i])) == 0)
			text += strlen(words[i]);
	kpi_layout_record(la, text, strlen(text));
	la->la_prefix[0] = "";
}

/* Level 1 is a member of the record, 2 one of a type without name in it. */
static void
member(struct kpi_layout *la, char *text, unsigned level,
    const struct kpi_field *at, const struct kpi_place *place)
{
	const char *prefix = la->la_prefix[level - 1];
	struct kpi_field f = *at;
	char *space = strrchr(text, ' ');

	if (space == NULL)
		kpi_fail(place, "a member without a type");
	*space = '\0';
	f.fi_type = kpi_string(la->la_su, text, strlen(text));
	if (space[1] != '\0')
		f.fi_name = kpi_stringf(la->la_su, "%s%s", prefix, space + 1);
	if (is_unnamed_type(text)) {
		if (level == KPI_LAYOUT_DEPTH)
			kpi_fail(place, "more than %d types within each other",
			    KPI_LAYOUT_DEPTH);
		la->la_depth = level;
		la->la_prefix[level] = f.fi_name == NULL ? prefix :
		    kpi_stringf(la->la_su, "%s.", f.fi_name);
		if (f.fi_name == NULL)
			return;
	}
	kpi_layout_field(la, &f);
}

void
kpi_layout_clang(struct kpi_layout *la, char *text,
    const struct kpi_place *place)
{
	char *bar = strchr(text, '|');
	struct kpi_field at = { .fi_name = NULL };
	unsigned level, size, align;

	/* Between records there are headlines. */
	if (bar == NULL && (!la->la_open || *text == '\0'))
		return;
	if (bar == NULL || bar[1] != ' ')
		kpi_fail(place, "no line of clang's record layouts");
	bar += 2;
	if (la->la_open &&
	    sscanf(bar, "[sizeof=%u, align=%u", &size, &align) == 2) {
		la->la_records[la->la_nrecords - 1].re_size = size;
		la->la_records[la->la_nrecords - 1].re_align = align;
		la->la_open = false;
		return;
	}
	level = (unsigned)strspn(bar, " ") / 2;
	bar += strspn(bar, " ");
	if (sscanf(text, " %u:%u", &at.fi_offset, &at.fi_bit) < 1 ||
	    (level > 0) != la->la_open)
		kpi_fail(place, "no line of clang's record layouts");
	if (level == 0)
		open_record(la, bar);
	else if (level <= la->la_depth + 1) {
		la->la_depth = level - 1;
		member(la, bar, level, &at, place);
	}
}

/* "[4][8]": how many; 0 where it is not said. */
static unsigned
elements(const char *s)
{
	unsigned n = 1;

	for (; *s == '['; s = strchr(s, ']') + 1) {
		n *= (unsigned)strtoul(s + 1, NULL, 10);
		if (strchr(s, ']') == NULL)
			return (0);
	}
	return (n);
}

static unsigned
size_of(const struct kpi_layout *la, const char *type)
{
	const struct kpi_record *re = kpi_layout_find(la, type);
	const char *pointer = strstr(type, "(*");
	size_t len = strcspn(type, "[");
	struct kpi_type t;
	struct kpi_tokens ts;
	unsigned size = 0;

	if (re != NULL)
		return (re->re_size);
	if (pointer != NULL)
		return (POINTER_SIZE * elements(pointer + 2));
	if (strchr(type, '*') != NULL)
		return (POINTER_SIZE * elements(type + len));
	if (type[len] != '\0')
		return (elements(type + len) * size_of(la,
		    kpi_string(la->la_su, type, len)));
	ts = kpi_tokens(type, "");
	if (ts.ts_ntokens > 0 && kpi_token_is(&ts.ts_tokens[0], "enum"))
		size = 4;
	else if (kpi_type_read(ts.ts_tokens, ts.ts_ntokens, &t))
		size = (t.ty_bits + 7) / 8;
	kpi_tokens_free(&ts);
	return (size);
}

void
kpi_layout_sizes(struct kpi_layout *la)
{
	for (size_t i = 0; i < la->la_nrecords; i++) {
		struct kpi_record *re = &la->la_records[i];

		for (size_t j = 0; j < re->re_nfields; j++) {
			struct kpi_field *f = &re->re_fields[j];

			f->fi_size = size_of(la, f->fi_type);
			/* It was good to find the record by. */
			if (is_unnamed_type(f->fi_type))
				f->fi_type = "{...}";
		}
	}
}
