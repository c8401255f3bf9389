/*
 * What the tests of surfaces share: a folder with a surface in it, written by
 * hand, and what is said of a bad one.  Included once by each test program,
 * before its tests.
 */
#ifndef TEST_HOST_KPI_FOLDER_H
#define	TEST_HOST_KPI_FOLDER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include <kpi/surface.h>

static char folder[] = "/tmp/test_kpi.XXXXXX";
static char output[65536];

/* Run a shell command, $T being the folder; its status.  See output. */
static inline int
run(const char *command)
{
	FILE *p = popen(command, "r");
	size_t n;
	int status;

	assert_non_null(p);
	n = fread(output, 1, sizeof(output) - 1, p);
	output[n] = '\0';
	status = pclose(p);
	assert_true(WIFEXITED(status));
	return (WEXITSTATUS(status));
}

static inline int
make_folder(void **state)
{
	(void)state;
	if (mkdtemp(folder) == NULL)
		return (-1);
	return (setenv("T", folder, 1));
}

static inline int
remove_folder(void **state)
{
	(void)state;
	return (run("rm -rf \"$T\""));
}

static inline void
put(const char *file, const char *text)
{
	char path[256];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, file);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

/* A surface of one header and nothing else. */
static inline void
put_header(const char *text)
{
	char headers[256];

	snprintf(headers, sizeof(headers), "vm/a.h\t%s/a.h\n", folder);
	put("headers", headers);
	put("tags.json", "");
	put("a.h", text);
}

/* The same, as ctags sees it. */
static inline void
put_tagged_header(const char *text)
{
	put_header(text);
	assert_int_equal(run("ctags --quiet=yes --options=NONE "
	    "--options=kpi/kpi.ctags -f \"$T/tags.json\" \"$T/a.h\""), 0);
}

static inline void
leave(int status, void *arg)
{
	(void)arg;
	_exit(status);
}

/* Reading the folder ends with status 2 and one line that has this in it. */
static inline void
assert_refused(const char *why)
{
	int fd[2], status;
	size_t len = 0;
	ssize_t n;
	pid_t pid;

	assert_int_equal(pipe(fd), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		dup2(fd[1], STDERR_FILENO);
		close(fd[0]);
		/* It exits in the middle, and that is no leak. */
		on_exit(leave, NULL);
		(void)kpi_surface_read(folder);
		_exit(0);
	}
	close(fd[1]);
	while ((n = read(fd[0], output + len, sizeof(output) - 1 - len)) > 0)
		len += (size_t)n;
	output[len] = '\0';
	close(fd[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (strstr(output, why) == NULL || len == 0 ||
	    strchr(output, '\n') != output + len - 1)
		fail_msg("said \"%s\", not \"%s\"", output, why);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 2);
}

#endif /* TEST_HOST_KPI_FOLDER_H */
