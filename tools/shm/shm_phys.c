/*
 * shm-phys [--mib N] [--spaces N] [--impl NAME]: the known case of
 * kern.ipc.shm_use_phys, at full size unless told: 1 GiB in 300 address spaces.
 *
 * Every pv entry and page table is really made, so it wants as much memory as
 * it says, 4.4 GiB at full size; the machine is asked first.  Prints a table,
 * a row for each implementation and position of the switch.
 */
#include <err.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <machine/driver.h>

#include "shm_case.h"

#define	MIB		((size_t)1 << 20)
#define	MIB_DEFAULT	1024
#define	SPACES_DEFAULT	300
#define	PAGE_BYTES	4096
#define	PV_BYTES	32	/* of an entry, here; to see if it fits */

extern const struct shm_case *const __start_set_shm_cases[];
extern const struct shm_case *const __stop_set_shm_cases[];

static size_t		bytes = MIB_DEFAULT * MIB;
static unsigned		spaces = SPACES_DEFAULT;
static const char	*only_impl;

static unsigned
number(const char *text, const char *what, unsigned max)
{
	char *end;
	unsigned long n = strtoul(text, &end, 10);

	if (*text < '0' || *text > '9' || *end != '\0' || n == 0 || n > max)
		errx(2, "%s %s: give a number from 1 to %u", what, text, max);
	return ((unsigned)n);
}

static void
options(int argc, char **argv)
{
	static const struct option known[] = {
		{ "mib", required_argument, NULL, 'm' },
		{ "spaces", required_argument, NULL, 's' },
		{ "impl", required_argument, NULL, 'i' },
		{ NULL, 0, NULL, 0 }
	};
	int c;

	while ((c = getopt_long(argc, argv, "", known, NULL)) != -1) {
		if (c == 'm')
			bytes = number(optarg, "--mib", 1 << 16) * MIB;
		else if (c == 's')
			spaces = number(optarg, "--spaces", 1 << 14);
		else if (c == 'i')
			only_impl = optarg;
		else
			exit(2);
	}
	if (optind != argc)
		errx(2, "%s: no arguments but options", argv[optind]);
}

/* The segment, and of each of its mappings a pv entry and a table entry. */
static void
check_memory(void)
{
	double wants = (double)bytes * (1 + (double)spaces *
	    (PV_BYTES + sizeof(uint64_t)) / PAGE_BYTES) * 1.15;
	double has = (double)sysconf(_SC_AVPHYS_PAGES) *
	    (double)sysconf(_SC_PAGESIZE);

	if (wants > has)
		errx(1, "it takes %.1f GiB of memory, %.1f are free: give "
		    "--mib or --spaces", wants / (1024 * (double)MIB),
		    has / (1024 * (double)MIB));
}

static void
body(void *arg)
{
	const struct shm_case *const *c;
	struct shm_found f;

	(void)arg;
	for (c = __start_set_shm_cases; c < __stop_set_shm_cases; c++) {
		if (only_impl != NULL && strcmp((*c)->sc_impl, only_impl) != 0)
			continue;
		for (int phys = 0; phys < 2; phys++) {
			(*c)->sc_run(phys, bytes, spaces, &f);
			printf("%s\t%d\t%zu\t%u\t%llu\t%llu\t%llu\t%llu\t%.2f"
			    "\t%.2f\n", (*c)->sc_impl, phys, bytes / MIB,
			    spaces, (unsigned long long)f.sf_mappings,
			    (unsigned long long)f.sf_pv_entries,
			    (unsigned long long)f.sf_pv_bytes,
			    (unsigned long long)f.sf_table_bytes,
			    (double)f.sf_map_ns / 1e9,
			    (double)f.sf_unmap_ns / 1e9);
			(void)fflush(stdout);
		}
	}
}

int
main(int argc, char **argv)
{
	options(argc, argv);
	check_memory();
	machine_init();
	printf("impl\tshm_use_phys\tmib\tspaces\tmappings\tpv_entries\t"
	    "pv_bytes\ttable_bytes\tmap_s\tunmap_s\n");
	machine_enter(body, NULL);
	return (0);
}
