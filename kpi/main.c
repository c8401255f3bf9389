/*
 * kpi: what a consumer sees of an implementation, and how it differs from that
 * of another.  The table of subcommands only; read surface.h next.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd.h"

static const struct {
	const char	*name;
	int		(*run)(int argc, char **argv);
	const char	*arguments;
	const char	*what;
} commands[] = {
	{ "classify", kpi_cmd_classify, "[--declared NAMES] [--list] [FILE]",
	    "count a compiler's errors by class" },
	{ "compare", kpi_cmd_compare, "--out DIR OLD NEW [--abidiff FILE "
	    "--abidiff-status N] ...",
	    "what differs between two surfaces, and whether to bump" },
	{ "page", kpi_cmd_page, "DIR",
	    "write DIR/KPI.md from the tables that DIR holds" },
	{ "classify", kpi_cmd_classify, "[--declared NAMES] [--list] [FILE]",
	    "count a compiler's errors by class" },
	{ "surface", kpi_cmd_surface, "DIR",
	    "print every item of a surface that tools/kpi-surface collected" },
	{ "uses", kpi_cmd_uses, "KPI_JSON OLD NEW FILE...",
	    "where sources use names that change between OLD and NEW" },
};

#define	NCOMMANDS	(sizeof(commands) / sizeof(commands[0]))

_Noreturn void
kpi_usage(const char *command)
{
	for (size_t i = 0; i < NCOMMANDS; i++)
		if (strcmp(commands[i].name, command) == 0)
			errx(2, "usage: kpi %s %s", command,
			    commands[i].arguments);
	errx(2, "there is no '%s'; kpi --help lists what there is", command);
}

static void
help(void)
{
	for (size_t i = 0; i < NCOMMANDS; i++)
		printf("kpi %s %s\n    %s\n", commands[i].name,
		    commands[i].arguments, commands[i].what);
}

int
main(int argc, char **argv)
{
	if (argc < 2)
		errx(2, "usage: kpi COMMAND ...; kpi --help lists them");
	if (strcmp(argv[1], "--help") == 0) {
		help();
		return (0);
	}
	for (size_t i = 0; i < NCOMMANDS; i++)
		if (strcmp(commands[i].name, argv[1]) == 0)
			return (commands[i].run(argc - 1, argv + 1));
	kpi_usage(argv[1]);
}
