/*
 * What Linux tells about the machine, as text.  What it does not tell is
 * "n/a", never a guess.
 */
#ifndef BENCH_SYSINFO_H
#define	BENCH_SYSINFO_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

/* The first line of a file without its newline; false and "n/a" if none. */
bool	 sysinfo_line(const char *path, char *text, size_t size);

/*
 * The value of a key in a file of "key : value" lines, such as
 * /proc/cpuinfo; the first one.
 */
bool	 sysinfo_key(const char *path, const char *key, char *text,
	    size_t size);

/* Each of these fills text, with "n/a" if the system is silent. */
void	 sysinfo_governor(char *text, size_t size);
void	 sysinfo_turbo(char *text, size_t size);		/* on, off */
void	 sysinfo_thp(char *text, size_t size);
void	 sysinfo_hypervisor(char *text, size_t size);	/* none, or which */
void	 sysinfo_scaling_driver(char *text, size_t size);
void	 sysinfo_smt(char *text, size_t size);		/* on, off */
void	 sysinfo_numa_balancing(char *text, size_t size);	/* on, off */

/* CPUs' worth of time the cgroup allows; 0 if it does not limit. */
double	 sysinfo_cgroup_cpus(void);

/* Bytes the cgroup allows; 0 if it does not limit. */
double	 sysinfo_cgroup_memory(void);

/* {"meltdown": "Not affected", ...}; empty if the system is silent. */
json_t	*sysinfo_mitigations(void);

/*
 * Run a program without a shell and keep the first size - 1 bytes of its
 * output; its errors are dropped.  Returns its exit status, or -1 if it could
 * not be run.
 */
int	 sysinfo_run(char *const argv[], char *text, size_t size);

#endif /* BENCH_SYSINFO_H */
