/*
 * Asking Linux about itself: /proc, /sys, the cgroup, and programs.
 */
#define	_GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sysinfo.h"

#define	CPU_DIR		"/sys/devices/system/cpu/"
#define	LINE_SIZE	4096	/* the flags of /proc/cpuinfo are long */
/* At and above this cgroup v1 means no limit. */
#define	MEMORY_NO_LIMIT	9e18

extern char **environ;

bool
sysinfo_line(const char *path, char *text, size_t size)
{
	FILE *f = fopen(path, "r");
	bool good = f != NULL && fgets(text, (int)size, f) != NULL;

	if (f != NULL)
		fclose(f);
	if (good)
		text[strcspn(text, "\n")] = '\0';
	else
		snprintf(text, size, "n/a");
	return (good);
}

bool
sysinfo_key(const char *path, const char *key, char *text, size_t size)
{
	char line[LINE_SIZE];
	size_t len = strlen(key);
	bool found = false;
	FILE *f = fopen(path, "r");

	snprintf(text, size, "n/a");
	while (f != NULL && !found && fgets(line, sizeof(line), f) != NULL) {
		char *value = line + len;

		if (strncmp(line, key, len) != 0 || *line == '\0')
			continue;
		value += strspn(value, " \t");
		if (*value != ':' && *value != '=')
			continue;
		value++;
		value += strspn(value, " \t");
		value[strcspn(value, "\n")] = '\0';
		snprintf(text, size, "%s", value);
		found = true;
	}
	if (f != NULL)
		fclose(f);
	return (found);
}

void
sysinfo_governor(char *text, size_t size)
{
	sysinfo_line(CPU_DIR "cpu0/cpufreq/scaling_governor", text, size);
}

void
sysinfo_turbo(char *text, size_t size)
{
	char value[16];

	if (sysinfo_line(CPU_DIR "intel_pstate/no_turbo", value,
	    sizeof(value)))
		snprintf(text, size, "%s", *value == '0' ? "on" : "off");
	else if (sysinfo_line(CPU_DIR "cpufreq/boost", value, sizeof(value)))
		snprintf(text, size, "%s", *value == '1' ? "on" : "off");
	else
		snprintf(text, size, "n/a");
}

void
sysinfo_scaling_driver(char *text, size_t size)
{
	sysinfo_line(CPU_DIR "cpu0/cpufreq/scaling_driver", text, size);
}

/* A file that says 0 for off. */
static void
on_or_off(const char *path, char *text, size_t size)
{
	char value[16];

	if (sysinfo_line(path, value, sizeof(value)))
		snprintf(text, size, "%s", *value == '0' ? "off" : "on");
	else
		snprintf(text, size, "n/a");
}

void
sysinfo_smt(char *text, size_t size)
{
	on_or_off(CPU_DIR "smt/active", text, size);
}

void
sysinfo_numa_balancing(char *text, size_t size)
{
	on_or_off("/proc/sys/kernel/numa_balancing", text, size);
}

/* "always [madvise] never" means madvise. */
void
sysinfo_thp(char *text, size_t size)
{
	char line[128], *open, *close;

	sysinfo_line("/sys/kernel/mm/transparent_hugepage/enabled", line,
	    sizeof(line));
	open = strchr(line, '[');
	close = open != NULL ? strchr(open, ']') : NULL;
	if (close != NULL) {
		*close = '\0';
		snprintf(text, size, "%s", open + 1);
	} else {
		snprintf(text, size, "n/a");
	}
}

void
sysinfo_hypervisor(char *text, size_t size)
{
	char flags[LINE_SIZE];

	if (!sysinfo_key("/proc/cpuinfo", "flags", flags, sizeof(flags)))
		snprintf(text, size, "n/a");
	else if (strstr(flags, " hypervisor") == NULL)
		snprintf(text, size, "none");
	else if (!sysinfo_line("/sys/class/dmi/id/sys_vendor", text, size) &&
	    !sysinfo_line("/sys/hypervisor/type", text, size))
		snprintf(text, size, "a hypervisor that does not say its "
		    "name");
}

/*
 * Read a file of the process's own cgroup: below the path that
 * /proc/self/cgroup names on version 2, below the controller's on version 1.
 */
static bool
cgroup_line(const char *v2, const char *v1, char *text, size_t size)
{
	char own[512], path[1024];

	if (sysinfo_key("/proc/self/cgroup", "0:", own, sizeof(own))) {
		snprintf(path, sizeof(path), "/sys/fs/cgroup%s/%s", own, v2);
		if (sysinfo_line(path, text, size))
			return (true);
	}
	snprintf(path, sizeof(path), "/sys/fs/cgroup/%s", v2);
	if (sysinfo_line(path, text, size))
		return (true);
	snprintf(path, sizeof(path), "/sys/fs/cgroup/%s", v1);
	return (sysinfo_line(path, text, size));
}

double
sysinfo_cgroup_cpus(void)
{
	char text[64];
	double quota, period = 100000;

	if (!cgroup_line("cpu.max", "cpu/cpu.cfs_quota_us", text,
	    sizeof(text)) || sscanf(text, "%lf %lf", &quota, &period) < 1 ||
	    quota <= 0)
		return (0);
	return (quota / period);
}

double
sysinfo_cgroup_memory(void)
{
	char text[64];
	double bytes;

	if (!cgroup_line("memory.max", "memory/memory.limit_in_bytes", text,
	    sizeof(text)) || sscanf(text, "%lf", &bytes) < 1 ||
	    bytes > MEMORY_NO_LIMIT)
		return (0);
	return (bytes);
}

json_t *
sysinfo_mitigations(void)
{
	json_t *all = json_object();
	struct dirent *d;
	DIR *dir = opendir(CPU_DIR "vulnerabilities");

	while (dir != NULL && (d = readdir(dir)) != NULL) {
		char path[512], text[256];

		if (d->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), CPU_DIR "vulnerabilities/%s",
		    d->d_name);
		sysinfo_line(path, text, sizeof(text));
		json_object_set_new(all, d->d_name, json_string(text));
	}
	if (dir != NULL)
		closedir(dir);
	return (all);
}

/* Read to the end, keep what fits. */
static void
drain(int fd, char *text, size_t size)
{
	char buf[512];
	size_t have = 0;
	ssize_t n;

	while ((n = read(fd, buf, sizeof(buf))) > 0) {
		size_t room = size - 1 - have;
		size_t take = (size_t)n < room ? (size_t)n : room;

		memcpy(text + have, buf, take);
		have += take;
	}
	text[have] = '\0';
}

int
sysinfo_run(char *const argv[], char *text, size_t size)
{
	posix_spawn_file_actions_t actions;
	int fds[2], status, error;
	pid_t pid;

	text[0] = '\0';
	if (pipe2(fds, O_CLOEXEC) != 0)
		return (-1);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, fds[1], STDOUT_FILENO);
	posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null",
	    O_WRONLY, 0);
	error = posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	close(fds[1]);
	if (error == 0)
		drain(fds[0], text, size);
	close(fds[0]);
	if (error != 0 || waitpid(pid, &status, 0) != pid)
		return (-1);
	return (WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}
