/*
 * The lines of pahole:
 *
 *	struct vm_page {
 *		struct {
 *			struct vm_page *   tqe_next;     /.     0     8 ./
 *		} pageq;                                 /.     0    16 ./
 *		struct vm_page_busy        ;             /.    84     8 ./
 *		uint16_t                   a:3;          /.   92: 0   2 ./
 *
 *		/. size: 104, cachelines: 2, members: 17 ./
 *	};
 *
 * with "/." for the ends of a comment.  Offsets are from the start of the
 * record.  Read layout.h first.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "layout.h"

static bool
begins(const char *text, const char *with)
{
	return (strncmp(text, with, strlen(with)) == 0);
}

static void
fail(const struct kpi_place *place)
{
	kpi_fail(place, "no line of pahole; run tools/kpi-surface again");
}

/* Cut the text at s, and white space before it. */
static void
cut(char *text, char *s)
{
	*s = '\0';
	while (s > text && isspace((unsigned char)s[-1]))
		*--s = '\0';
}

/* Cut trailing "[4]", ":3" and attributes off a declaration. */
static void
cut_tail(char *decl)
{
	char *s = strstr(decl, " __attribute__((");

	if (s != NULL)
		cut(decl, s);
	s = decl + strlen(decl);
	while (s > decl && (isdigit((unsigned char)s[-1]) ||
	    strchr("[]:", s[-1]) != NULL))
		s--;
	/* Digits alone are the end of the name: "u2". */
	if (*s == '\0' || isdigit((unsigned char)*s))
		s += strspn(s, "0123456789");
	*s = '\0';
}

/* White space runs collapsed, none at the ends. */
static const char *
collapse(struct kpi_layout *la, char *text)
{
	char *to = text;

	for (const char *s = text; *s != '\0'; s++)
		if (!isspace((unsigned char)*s))
			*to++ = *s;
		else if (to > text && to[-1] != ' ')
			*to++ = ' ';
	while (to > text && to[-1] == ' ')
		to--;
	return (kpi_string(la->la_su, text, (size_t)(to - text)));
}

/*
 * Part a declaration into type and name.  An unnamed member ends in a space;
 * of a pointer to a function the name is behind "(*".
 */
static void
part(struct kpi_layout *la, char *decl, struct kpi_field *f)
{
	char *name, *pointer = strstr(decl, "(*");
	size_t len;

	if (*decl != '\0' && isspace((unsigned char)decl[strlen(decl) - 1])) {
		f->fi_type = collapse(la, decl);
		return;
	}
	if (pointer != NULL && strchr("()[", pointer[2]) == NULL) {
		name = pointer + 2;
		len = strcspn(name, ")[");
		f->fi_name = kpi_string(la->la_su, name, len);
		memmove(name, name + len, strlen(name + len) + 1);
	} else {
		cut_tail(decl);
		name = decl + strlen(decl);
		while (name > decl && (isalnum((unsigned char)name[-1]) ||
		    name[-1] == '_'))
			name--;
		f->fi_name = kpi_string(la->la_su, name, strlen(name));
		*name = '\0';
	}
	f->fi_type = collapse(la, decl);
}

/* "16     8 " or "16: 3  2 ": offset, perhaps a bit, size. */
static void
read_numbers(const char *s, struct kpi_field *f, const struct kpi_place *place)
{
	if (sscanf(s, "/* %u: %u %u */", &f->fi_offset, &f->fi_bit,
	    &f->fi_size) != 3 &&
	    sscanf(s, "/* %u %u */", &f->fi_offset, &f->fi_size) != 2)
		fail(place);
}

/* The end of a type without a name: its fields get the member's name. */
static void
close_type(struct kpi_layout *la, const char *name, struct kpi_field *f)
{
	struct kpi_record *re = &la->la_records[la->la_nrecords - 1];
	size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

	la->la_depth--;
	if (len == 0)
		return;
	f->fi_name = kpi_string(la->la_su, name, len);
	f->fi_type = "{...}";
	for (size_t i = la->la_first[la->la_depth]; i < re->re_nfields; i++) {
		struct kpi_field *inner = &re->re_fields[i];

		if (inner->fi_name != NULL)
			inner->fi_name = kpi_stringf(la->la_su, "%s.%s",
			    f->fi_name, inner->fi_name);
	}
	kpi_layout_field(la, f);
}

static void
close_brace(struct kpi_layout *la, char *text, const struct kpi_place *place)
{
	struct kpi_field f = { .fi_name = NULL };
	char *comment = strstr(text, "/*"), *align = strstr(text, "aligned__(");

	if (la->la_depth == 0) {
		if (align != NULL)
			la->la_records[la->la_nrecords - 1].re_align =
			    (unsigned)strtoul(strchr(align, '(') + 1, NULL,
			    10);
		la->la_open = false;
		return;
	}
	if (comment == NULL)
		fail(place);
	read_numbers(comment, &f, place);
	close_type(la, text + strspn(text, "} "), &f);
}

static void
member(struct kpi_layout *la, char *text, const struct kpi_place *place)
{
	struct kpi_field f = { .fi_name = NULL };
	char *comment = strstr(text, "/*"), *semicolon;

	if (comment == NULL)
		fail(place);
	read_numbers(comment, &f, place);
	*comment = '\0';
	semicolon = strrchr(text, ';');
	if (semicolon == NULL)
		fail(place);
	*semicolon = '\0';
	part(la, text, &f);
	kpi_layout_field(la, &f);
}

static void
within(struct kpi_layout *la, char *text, const struct kpi_place *place)
{
	struct kpi_record *re = &la->la_records[la->la_nrecords - 1];

	if (begins(text, "/*")) {
		/* Anything but the size is a remark. */
		if (la->la_depth == 0)
			(void)sscanf(text, "/* size: %u,", &re->re_size);
	} else if (*text == '}')
		close_brace(la, text, place);
	else if (strcmp(text, "struct {") == 0 ||
	    strcmp(text, "union {") == 0) {
		if (la->la_depth == KPI_LAYOUT_DEPTH)
			kpi_fail(place, "more than %d types within each other",
			    KPI_LAYOUT_DEPTH);
		la->la_first[la->la_depth++] = re->re_nfields;
	} else
		member(la, text, place);
}

void
kpi_layout_pahole(struct kpi_layout *la, char *text,
    const struct kpi_place *place)
{
	size_t len;
	char *name;

	text += strspn(text, "\t ");
	if (*text == '\0')
		return;
	if (la->la_open) {
		within(la, text, place);
		return;
	}
	len = strlen(text);
	name = strchr(text, ' ');
	if (begins(text, "/*"))
		return;
	if ((!begins(text, "struct ") && !begins(text, "union ")) ||
	    len < 2 || strcmp(text + len - 2, " {") != 0 ||
	    name == text + len - 2)
		fail(place);
	kpi_layout_record(la, name + 1, (size_t)(text + len - 2 - name - 1));
}
