/*
 * abidiff's text, line by line.  Read abidiff.h first.
 *
 * Four kinds of lines name something, and what is indented deeper than a [C]
 * line or follows a type's line is about it:
 *
 *	  [D] 'function void f(int)'    {f}		gone, or [A] new
 *	  [D] f						without debug info
 *	  [C] 'function int f(int)' at FILE:1:2 has some sub-type changes:
 *	'struct s at FILE:1:2' changed:
 */
#include "abidiff.h"

#include <ctype.h>
#include <err.h>
#include <stdlib.h>
#include <string.h>

struct reader {
	struct kpi_pair		*pair;
	const struct kpi_surface *old, *new;
	char			*subject;	/* a type, or NULL */
	char			*line;		/* that named it */
	bool			 explained;	/* others saw what changed */
	unsigned		 named;		/* lines that named something */
};

/* A piece of a line. */
struct piece {
	const char	*at;
	size_t		 len;
};

static bool
is_word(char c)
{
	return (isalnum((unsigned char)c) || c == '_');
}

/* The identifier that ends at the end of a piece. */
static struct piece
last_word(struct piece p)
{
	struct piece w = { p.at + p.len, 0 };

	while (w.at > p.at && is_word(w.at[-1])) {
		w.at--;
		w.len++;
	}
	return (w);
}

/* What stands between the first two quotes from s on; empty if none. */
static struct piece
quoted(const char *s)
{
	struct piece p = { s, 0 };
	const char *end;

	if ((s = strchr(s, '\'')) != NULL &&
	    (end = strchr(s + 1, '\'')) != NULL)
		p = (struct piece){ s + 1, (size_t)(end - s - 1) };
	return (p);
}

/*
 * The name in a [D], [A] or [C] line: in braces, before the parameters of a
 * function, or the last word of a variable or a bare symbol.
 */
static struct piece
symbol_of(const char *line)
{
	const char *brace = strchr(line, '{');
	struct piece p = quoted(line);
	const char *list;

	if (brace != NULL && brace[strcspn(brace, "}")] == '}')
		return ((struct piece){ brace + 1, strcspn(brace + 1, "}") });
	if (p.len == 0)
		p = (struct piece){ line, strcspn(line, "\n") };
	else if (strncmp(p.at, "function ", 9) == 0 &&
	    (list = memchr(p.at, '(', p.len)) != NULL)
		p.len = (size_t)(list - p.at);
	return (last_word(p));
}

/* "s" of "'struct s at FILE:1:2' changed:"; empty if it is no such line. */
static struct piece
type_of(const char *line)
{
	struct piece p = quoted(line), none = { line, 0 };
	const char *at = strstr(p.at, " at ");

	if (p.len == 0 || strstr(line, "' changed:") == NULL)
		return (none);
	if (at != NULL && at < p.at + p.len)
		p.len = (size_t)(at - p.at);
	return (last_word(p));
}

/*
 * Could it be in a shared object?  Locks, texts of macros and their values are
 * not; enumerators are.
 */
static bool
is_visible(const struct kpi_change *c)
{
	switch (c->ch_class) {
	case KPI_CLASS_STRICTER:
	case KPI_CLASS_RELAXED:
	case KPI_CLASS_OTHER:
	case KPI_CLASS_EXPANSION:
		return (false);
	case KPI_CLASS_VALUE:
		return (c->ch_kind == KPI_CONSTANT);
	default:
		return (true);
	}
}

/* Mark the changes of a name; is there any? */
static bool
confirm(struct reader *r, enum kpi_group group, const char *name)
{
	bool any = false;

	for (size_t i = 0; i < r->pair->pa_nchanges; i++) {
		struct kpi_change *c = &r->pair->pa_changes[i];

		if (is_visible(c) && kpi_group_of(c->ch_kind) == group &&
		    (strcmp(c->ch_name, name) == 0 ||
		    (c->ch_to != NULL && strcmp(c->ch_to, name) == 0))) {
			c->ch_seen_by |= KPI_SEEN_ABIDIFF;
			any = true;
		}
	}
	return (any);
}

/* What abidiff alone saw; line is its word for it. */
static void
add(struct reader *r, enum kpi_class class, enum kpi_group group,
    const char *name, const char *line)
{
	const struct kpi_item *o = kpi_surface_find(r->old, group, name);
	const struct kpi_item *n = kpi_surface_find(r->new, group, name);
	char *text;

	if (o == NULL && n == NULL) {
		kpi_names_add(&r->pair->pa_internal, name, strlen(name));
		return;
	}
	text = kpi_text("abidiff: %s", line + strspn(line, " "));
	(void)kpi_pair_add(r->pair, class, n != NULL ? n : o, name,
	    class == KPI_CLASS_REMOVED ? text : NULL,
	    class == KPI_CLASS_REMOVED ? NULL : text, KPI_SEEN_ABIDIFF,
	    r->new);
	free(text);
}

static void
confirm_part(struct reader *r, struct piece w)
{
	char *member = kpi_text("%s.%.*s", r->subject, (int)w.len, w.at);

	r->explained |= confirm(r, KPI_GROUP_MEMBER, member) ||
	    confirm(r, KPI_GROUP_NAME, member + strlen(r->subject) + 1);
	free(member);
}

/*
 * Members and enumerators that a line about the subject names: quoted, or as
 * what an unnamed member has, "{mtx vm_object_interlock::mtx;}".
 */
static void
confirm_parts(struct reader *r, const char *line)
{
	struct piece p;

	for (p = quoted(line); p.len > 0; p = quoted(p.at + p.len + 1))
		confirm_part(r, last_word(p));
	for (const char *s = line; (s = strstr(s, "::")) != NULL;) {
		p = (struct piece){ s += 2, 0 };
		while (is_word(*s))
			s++;
		p.len = (size_t)(s - p.at);
		confirm_part(r, p);
	}
}

static void
begin_type(struct reader *r, struct piece name, const char *line)
{
	const char *whole;
	char *part;

	r->named++;
	part = kpi_text("%.*s", (int)name.len, name.at);
	/* Of a part its whole is the subject. */
	whole = kpi_whole_of(r->new, part);
	r->subject = kpi_text("%s", whole != part ? whole :
	    kpi_whole_of(r->old, part));
	free(part);
	r->line = kpi_text("%s", line);
	r->explained = confirm(r, KPI_GROUP_TYPE, r->subject);
}

/* The type's lines are over: is what they said known without them? */
static void
end_type(struct reader *r)
{
	if (r->subject != NULL && !r->explained)
		add(r, KPI_CLASS_LAYOUT, KPI_GROUP_TYPE, r->subject, r->line);
	free(r->subject);
	free(r->line);
	r->subject = r->line = NULL;
}

static void
read_symbol(struct reader *r, const char *line)
{
	struct piece p = symbol_of(line), what = quoted(line);
	enum kpi_class class = strncmp(line, "  [D]", 5) == 0 ?
	    KPI_CLASS_REMOVED : strncmp(line, "  [A]", 5) == 0 ?
	    KPI_CLASS_ADDED : strncmp(what.at, "function ", 9) == 0 ?
	    KPI_CLASS_SIGNATURE : KPI_CLASS_LAYOUT;
	char *name = kpi_text("%.*s", (int)p.len, p.at);

	r->named++;
	if (!confirm(r, KPI_GROUP_NAME, name))
		add(r, class, KPI_GROUP_NAME, name, line + strlen("  [D]"));
	free(name);
}

static void
read_line(struct reader *r, const char *line)
{
	struct piece type = { NULL, 0 };

	if (line[0] == '\'')
		type = type_of(line);
	if (strncmp(line, "  [", 3) == 0 || type.len > 0)
		end_type(r);
	if (strncmp(line, "  [", 3) == 0)
		read_symbol(r, line);
	else if (type.len > 0)
		begin_type(r, type, line);
	else if (r->subject != NULL)
		confirm_parts(r, line);
}

void
kpi_abidiff_merge(struct kpi_pair *p, const struct kpi_surface *old,
    const struct kpi_surface *new, const char *text, unsigned status,
    const char *path)
{
	struct reader r = { .pair = p, .old = old, .new = new };

	if ((status & (KPI_ABIDIFF_ERROR | KPI_ABIDIFF_USAGE)) != 0)
		errx(2, "%s: abidiff failed with status %u: %.*s", path,
		    status, (int)strcspn(text, "\n"), text);
	for (const char *line = text; *line != '\0';) {
		size_t n = strcspn(line, "\n");
		char *copy = kpi_text("%.*s", (int)n, line);

		read_line(&r, copy);
		free(copy);
		line += n + (line[n] == '\n');
	}
	end_type(&r);
	if (status != 0 && r.named == 0)
		errx(2, "%s: abidiff exited with %u and names nothing that "
		    "is understood here; is it libabigail 2.2?", path, status);
	p->pa_abidiff = true;
	p->pa_abidiff_status = status;
	kpi_pair_sort(p);
}
