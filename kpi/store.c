/*
 * Items, strings and lines of a surface that is being read.  Read store.h
 * first.  Items are found by walking them all: there are some thousand.
 */
#define	_GNU_SOURCE
#include "store.h"

#include <err.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
kpi_fail(const struct kpi_place *place, const char *format, ...)
{
	va_list ap;
	char text[1024];

	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	errx(2, "%s:%u: %s", place->pl_path, place->pl_line, text);
}

void *
kpi_grow(void *array, size_t n, size_t size)
{
	size_t had = n - 1;
	void *grown;

	if (array != NULL && (had & (had - 1)) != 0)
		return (array);
	grown = reallocarray(array, array == NULL || had == 0 ? n : 2 * had,
	    size);
	if (grown == NULL)
		err(1, "memory for %zu items", n);
	return (grown);
}

const char *
kpi_string(struct kpi_surface *su, const char *text, size_t len)
{
	return (obstack_copy0(&su->su_store->st_strings, text, len));
}

const char *
kpi_stringf(struct kpi_surface *su, const char *format, ...)
{
	struct obstack *strings = &su->su_store->st_strings;
	va_list ap;

	va_start(ap, format);
	obstack_vprintf(strings, format, ap);
	va_end(ap);
	obstack_1grow(strings, '\0');
	return (obstack_finish(strings));
}

struct kpi_item *
kpi_item_find(struct kpi_surface *su, enum kpi_group group, const char *name)
{
	for (size_t i = 0; i < su->su_nitems; i++) {
		struct kpi_item *it = &su->su_items[i];

		if (kpi_group_of(it->ki_kind) == group &&
		    strcmp(it->ki_name, name) == 0)
			return (it);
	}
	return (NULL);
}

struct kpi_item *
kpi_item(struct kpi_surface *su, enum kpi_kind kind, const char *name)
{
	struct kpi_item *it = kpi_item_find(su, kpi_group_of(kind), name);

	if (it != NULL)
		return (it);
	su->su_items = kpi_grow(su->su_items, su->su_nitems + 1,
	    sizeof(*su->su_items));
	it = &su->su_items[su->su_nitems++];
	*it = (struct kpi_item){ .ki_kind = kind, .ki_nparams = -1,
	    .ki_name = kpi_string(su, name, strlen(name)) };
	return (it);
}

void
kpi_item_when(struct kpi_surface *su, struct kpi_item *it, const char *when)
{
	if (it->ki_when == NULL)
		it->ki_when = when;
	else if (*it->ki_when == '\0' || *when == '\0')
		it->ki_when = "";
	else if (strcmp(it->ki_when, when) != 0)
		it->ki_when = kpi_stringf(su, "%s #else %s", it->ki_when,
		    when);
}

void
kpi_item_drop(struct kpi_surface *su, struct kpi_item *it)
{
	size_t after = su->su_items + su->su_nitems - (it + 1);

	/* The others keep their order, which values.c relies on. */
	memmove(it, it + 1, after * sizeof(*it));
	su->su_nitems--;
}

bool
kpi_lines(struct kpi_surface *su, const char *file,
    void (*line)(void *arg, char *text, const struct kpi_place *), void *arg)
{
	struct kpi_place place = { .pl_line = 0 };
	char *text = NULL;
	size_t room = 0;
	ssize_t len;
	FILE *f;

	place.pl_path = kpi_stringf(su, "%s/%s", su->su_dir, file);
	f = fopen(place.pl_path, "r");
	if (f == NULL && errno == ENOENT)
		return (false);
	if (f == NULL)
		err(2, "%s", place.pl_path);
	while ((len = getline(&text, &room, f)) != -1) {
		place.pl_line++;
		if (strlen(text) != (size_t)len)
			kpi_fail(&place, "a zero byte; this is no text");
		text[strcspn(text, "\n")] = '\0';
		line(arg, text, &place);
	}
	if (ferror(f))
		err(2, "%s", place.pl_path);
	free(text);
	fclose(f);
	return (true);
}
