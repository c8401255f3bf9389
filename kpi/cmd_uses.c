/*
 * kpi uses KPI_JSON OLD NEW FILE...: where sources use names that an edit is
 * due for between two surfaces (uses.h).  A line a use, tabs between: file,
 * line, name, class of the change; the first line names the columns.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>

#include "cmd.h"
#include "output.h"
#include "uses.h"

static void
print_uses(const char *path, const struct kpi_wanteds *ws)
{
	char *text;
	struct kpi_tokens ts = kpi_tokens_file(path, &text);

	for (size_t i = 0; i < ts.ts_ntokens; i++) {
		const struct kpi_wanted *w;

		i = kpi_skip_includes(&ts, i);
		if (i == ts.ts_ntokens)
			break;
		w = kpi_use_at(ws, &ts, i);
		if (w != NULL)
			printf("%s\t%u\t%s\t%s\n", path,
			    ts.ts_tokens[i].tk_line, w->wa_name, w->wa_class);
	}
	kpi_tokens_free(&ts);
	free(text);
}

int
kpi_cmd_uses(int argc, char **argv)
{
	struct kpi_wanteds ws;
	json_t *kpi;

	if (argc < 5)
		kpi_usage(argv[0]);
	kpi = kpi_json_read(argv[1]);
	ws = kpi_wanteds_of(kpi, argv[2], argv[3]);
	printf("file\tline\tname\tclass\n");
	for (int i = 4; i < argc; i++)
		print_uses(argv[i], &ws);
	free(ws.ws_list);
	json_decref(kpi);
	if (fflush(stdout) != 0)
		err(1, "standard output");
	return (0);
}
