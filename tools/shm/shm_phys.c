/*
 * shm-phys [--mib N] [--spaces N] [--impl NAME]: the known case of
 * kern.ipc.shm_use_phys, at full size unless told: 1 GiB in 300 address spaces.
 *
 * Every pv entry and page table is really made, so it wants as much memory as
 * it says, 4.6 GiB at full size; the machine is asked first.  Prints figures
 * with the switch off and on: counts, which every implementation has alike, and
 * each one's times.
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
check_impl(void)
{
	const struct shm_case *const *c;

	for (c = __start_set_shm_cases; c < __stop_set_shm_cases; c++)
		if (only_impl == NULL || strcmp((*c)->sc_impl, only_impl) == 0)
			return;
	fprintf(stderr, "shm-phys: --impl %s: give one of", only_impl);
	for (c = __start_set_shm_cases; c < __stop_set_shm_cases; c++)
		fprintf(stderr, " %s", (*c)->sc_impl);
	fprintf(stderr, "\n");
	exit(2);
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
row(const char *what, const char *impl, const char *unit, double off,
    double on, int digits)
{
	printf("shm_use_phys\t%s%s%s\t%s\t%.*f\t%.*f\n", what,
	    *impl != '\0' ? ", " : "", impl, unit, digits, off, digits, on);
	(void)fflush(stdout);
}

/* What is the same for all implementations, as it has to be. */
static void
counts(const struct shm_found f[2])
{
	row("the segment", "", "MiB", (double)bytes / MIB,
	    (double)bytes / MIB, 0);
	row("address spaces it is mapped and touched in", "", "number",
	    spaces, spaces, 0);
	row("mappings of pages", "", "number", (double)f[0].sf_mappings,
	    (double)f[1].sf_mappings, 0);
	row("pv entries", "", "number", (double)f[0].sf_pv_entries,
	    (double)f[1].sf_pv_entries, 0);
	row("pv entries", "", "MiB", (double)f[0].sf_pv_bytes / MIB,
	    (double)f[1].sf_pv_bytes / MIB, 0);
	row("page tables", "", "MiB", (double)f[0].sf_table_bytes / MIB,
	    (double)f[1].sf_table_bytes / MIB, 0);
	row("swap reserved", "", "MiB", (double)f[0].sf_reserved_bytes / MIB,
	    (double)f[1].sf_reserved_bytes / MIB, 0);
}

static void
times(const char *impl, const struct shm_found f[2])
{
	row("map and touch", impl, "s", (double)f[0].sf_map_ns / 1e9,
	    (double)f[1].sf_map_ns / 1e9, 2);
	row("unmap", impl, "s", (double)f[0].sf_unmap_ns / 1e9,
	    (double)f[1].sf_unmap_ns / 1e9, 2);
}

static void
body(void *arg)
{
	const struct shm_case *const *c;
	struct shm_found first[2] = { { 0 } }, f[2];

	(void)arg;
	for (c = __start_set_shm_cases; c < __stop_set_shm_cases; c++) {
		if (only_impl != NULL && strcmp((*c)->sc_impl, only_impl) != 0)
			continue;
		for (int phys = 0; phys < 2; phys++)
			(*c)->sc_run(phys, bytes, spaces, &f[phys]);
		if (first[0].sf_mappings == 0) {
			memcpy(first, f, sizeof(first));
			counts(first);
		}
		for (int phys = 0; phys < 2; phys++)
			if (f[phys].sf_mappings != first[phys].sf_mappings ||
			    f[phys].sf_pv_bytes != first[phys].sf_pv_bytes)
				errx(1, "%s: other counts than the first",
				    (*c)->sc_impl);
		times((*c)->sc_impl, f);
	}
}

int
main(int argc, char **argv)
{
	options(argc, argv);
	check_impl();
	check_memory();
	machine_init();
	printf("switch\tfigure\tunit\toff\ton\n");
	(void)fflush(stdout);
	machine_enter(body, NULL);
	return (0);
}
