/*
 * The page put together: its sources, the data, links to the raw data.
 * Read page.h first.
 */
#include "page.h"

#include <dirent.h>
#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kpi_data.h"

json_t *
rp_page_number(double v)
{
	json_t *j = json_real(v);	/* NULL unless finite */

	return (j != NULL ? j : json_null());
}

json_t *
rp_page_text(const char *s)
{
	json_t *j = json_string(s);	/* NULL without text or UTF-8 */

	return (j != NULL ? j : json_null());
}

/*
 * The way from one folder to another, both absolute and ending in a slash; it
 * ends in one too, or is empty.
 */
static void
way(char *out, size_t size, const char *from, const char *to)
{
	size_t same = 0, n = 0;

	for (size_t i = 0; from[i] != '\0' && from[i] == to[i]; i++)
		if (from[i] == '/')
			same = i + 1;
	out[0] = '\0';
	for (from += same; *from != '\0' && n < size; from++)
		if (*from == '/')
			n += (size_t)snprintf(out + n, size - n, "../");
	if (n < size)
		snprintf(out + n, size - n, "%s", to + same);
}

/* A folder made absolute, with a slash behind it.  0, or -1 and errno. */
static int
real_folder(const char *folder, char real[PATH_MAX + 1])
{
	if (realpath(folder, real) == NULL)
		return (-1);
	if (strcmp(real, "/") != 0)
		strcat(real, "/");
	return (0);
}

/* Add what there is of `name' in `folder', as seen from the page. */
static void
link_file(json_t *links, const char *page_folder, const char *folder,
    const char *name)
{
	char real[PATH_MAX + 1], file[2 * PATH_MAX], up[4 * PATH_MAX];
	char href[5 * PATH_MAX];

	if (real_folder(folder, real) != 0)
		return;
	snprintf(file, sizeof(file), "%s%s", real, name);
	if (access(file, R_OK) != 0)
		return;
	way(up, sizeof(up), page_folder, real);
	snprintf(href, sizeof(href), "%s%s", up, name);
	json_array_append_new(links, json_pack("{s:s, s:o}", "name", name,
	    "href", rp_page_text(href)));
}

static int
is_table(const struct dirent *e)
{
	const char *dot = strrchr(e->d_name, '.');

	return (dot != NULL && strcmp(dot, ".tsv") == 0);
}

/* Whatever tables lie in the folder of the report's data, by name. */
static void
link_tables(json_t *links, const char *page_folder, const char *folder)
{
	struct dirent **names;
	int n = scandir(folder, &names, is_table, alphasort);

	for (int i = 0; i < n; i++) {
		link_file(links, page_folder, folder, names[i]->d_name);
		free(names[i]);
	}
	if (n >= 0)
		free(names);
}

static json_t *
links(const struct rp_results *r, const struct rp_places *p,
    const char *page_folder)
{
	const char *const raw[] = { r->rounds_file, "environment.json",
	    "transfer.json", "topology.xml", "topology.svg", "benchmark.json" };
	json_t *out = json_array();
	char report[PATH_MAX], copy[PATH_MAX];

	for (unsigned i = 0; i < sizeof(raw) / sizeof(raw[0]); i++)
		link_file(out, page_folder, r->folder, raw[i]);
	link_tables(out, page_folder, p->data);
	if (r->kpi != NULL)
		link_tables(out, page_folder, r->kpi->folder);
	snprintf(report, sizeof(report), "%s", p->report);
	snprintf(copy, sizeof(copy), "%s", p->report);
	link_file(out, page_folder, dirname(report), basename(copy));
	return (out);
}

/* The folder that a file is in. */
static int
folder_of(const char *file, char real[PATH_MAX + 1], char message[RP_MESSAGE])
{
	char copy[PATH_MAX];

	snprintf(copy, sizeof(copy), "%s", file);
	if (real_folder(dirname(copy), real) == 0)
		return (0);
	snprintf(message, RP_MESSAGE, "%.300s: %s; make its folder first",
	    file, strerror(errno));
	return (-1);
}

/* JSON inside a script element: no "<" may be seen there. */
static void
put_data(FILE *f, const json_t *data)
{
	char *text = json_dumps(data, JSON_COMPACT | JSON_REAL_PRECISION(9));

	for (const char *s = text == NULL ? "null" : text; *s != '\0'; s++)
		if (*s == '<')
			fputs("\\u003c", f);
		else
			fputc(*s, f);
	free(text);
}

static void
put_code(FILE *f)
{
	static const char *const files[] = { "base.js", "prose.js", "chart.js",
	    "ratios.js", "curves.js", "detection.js", "machine.js",
	    "table.js", "decision.js", "scaling.js", "page.js" };

	for (unsigned i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		fputs(rp_page_file(files[i]), f);
}

/* The frame of the page, with what each @@mark@@ stands for. */
static void
put_page(FILE *f, const json_t *data)
{
	const char *s = rp_page_file("page.html"), *mark;

	while ((mark = strstr(s, "@@")) != NULL) {
		fwrite(s, 1, (size_t)(mark - s), f);
		mark += 2;
		if (strncmp(mark, "css", 3) == 0)
			fputs(rp_page_file("page.css"), f);
		else if (strncmp(mark, "data", 4) == 0)
			put_data(f, data);
		else
			put_code(f);
		s = strstr(mark, "@@") + 2;
	}
	fputs(s, f);
}

char *
rp_page(const struct rp_results *r, const struct rp_places *p,
    const char *html, char message[RP_MESSAGE])
{
	char folder[PATH_MAX + 1];
	struct rp_text t;
	json_t *data;

	if (folder_of(html, folder, message) != 0)
		return (NULL);
	data = rp_page_run(r);
	json_object_set_new(data, "cells", rp_page_cells(r));
	json_object_set_new(data, "detection", rp_page_detection(p->data));
	json_object_set_new(data, "kpi", rp_page_kpi(r, p));
	json_object_set_new(data, "scaling", rp_page_scaling(r));
	json_object_set_new(data, "links", links(r, p, folder));
	json_object_set_new(data, "places", json_pack("{s:o, s:o, s:o, s:o}",
	    "data", rp_page_text(p->data),
	    "figures", rp_page_text(p->figures),
	    "report", rp_page_text(p->report),
	    "html", rp_page_text(rp_from_here(html))));
	rp_text_open(&t);
	put_page(t.f, data);
	json_decref(data);
	return (rp_text_close(&t));
}
