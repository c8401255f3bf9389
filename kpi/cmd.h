/*
 * The subcommands of build/kpi, each in its own cmd_*.c; main.c has the table.
 * Each gets its own arguments, argv[0] being its name, and returns the status
 * to exit with.  Bad usage: kpi_usage().
 */
#ifndef KPI_CMD_H
#define	KPI_CMD_H

int		kpi_cmd_classify(int argc, char **argv);
int		kpi_cmd_compare(int argc, char **argv);
int		kpi_cmd_page(int argc, char **argv);
int		kpi_cmd_classify(int argc, char **argv);
int		kpi_cmd_surface(int argc, char **argv);
int		kpi_cmd_uses(int argc, char **argv);

/* Say how argv[0] is used, as the table has it, and exit with status 2. */
_Noreturn void	kpi_usage(const char *command);

#endif /* KPI_CMD_H */
