/*
 * The arguments as they were given: lists of texts, kept beside what
 * bench/options.c makes of them.
 */
#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "options.h"

bool
opt_has(const struct opt_names *list, const char *name)
{
	for (unsigned i = 0; i < list->n; i++)
		if (strcmp(list->names[i], name) == 0)
			return (true);
	return (false);
}

void *
opt_grow(void *p, unsigned n, size_t size)
{
	p = realloc(p, (n + 1) * size);
	if (p == NULL)
		err(1, "options");
	return (p);
}

void
opt_add(struct opt_names *list, const char *name)
{
	list->names = opt_grow(list->names, list->n, sizeof(*list->names));
	list->names[list->n] = strdup(name);
	if (list->names[list->n++] == NULL)
		err(1, "options");
}

void
options_drop(struct opt_names *list)
{
	for (unsigned i = 0; i < list->n; i++)
		free(list->names[i]);
	free(list->names);
}

void
options_keep(struct opt_names *list, int argc, char **argv)
{
	for (int i = 0; i < argc; i++)
		opt_add(list, argv[i]);
}

char *
options_command(const struct opt_names *list)
{
	size_t n = 1;
	char *line;

	for (unsigned i = 0; i < list->n; i++)
		n += strlen(list->names[i]) + 1;
	line = calloc(1, n);
	if (line == NULL)
		err(1, "options");
	for (unsigned i = 0; i < list->n; i++) {
		strcat(line, i > 0 ? " " : "");
		strcat(line, list->names[i]);
	}
	return (line);
}
