/*
 * kpi page DIR: write DIR/KPI.md from what DIR holds: kpi.json, and the tables
 * of consumers where they are.
 */
#include <stdlib.h>

#include "report/output.h"

#include "cmd.h"
#include "output.h"
#include "page.h"

int
kpi_cmd_page(int argc, char **argv)
{
	struct rp_text t;
	char *path;
	json_t *kpi;

	if (argc != 2)
		kpi_usage(argv[0]);
	path = kpi_text("%s/%s", argv[1], KPI_JSON);
	kpi = kpi_json_read(path);
	rp_text_open(&t);
	fputs("# What a new page-busy KPI asks of its consumers\n\n"
	    "Made by `make kpi`, which reads the headers and objects of "
	    "implementations; `docs/KPI-CASE.md` says how.\n\n", t.f);
	kpi_page_verdicts(t.f, kpi);
	kpi_page_rule(t.f, kpi);
	kpi_page_matrix(t.f, argv[1]);
	kpi_page_migration(t.f, argv[1]);
	kpi_page_changes(t.f, kpi);
	kpi_write(argv[1], KPI_PAGE, rp_text_close(&t));
	free(t.text);
	free(path);
	json_decref(kpi);
	return (0);
}
