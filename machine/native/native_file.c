/*
 * Files.  The virtual machine links this too: a simulated machine's files are
 * the host's.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <machine/machine.h>

int
md_file_open(const char *path)
{
	int fd;

	fd = open(path, O_RDONLY | O_CLOEXEC);
	return (fd >= 0 ? fd : -errno);
}

/* A name that nobody else has, for the moment that it takes to lose it. */
static int
create_nameless(void)
{
	const char *dir = getenv("TMPDIR");
	char path[PATH_MAX];
	int fd, n;

	n = snprintf(path, sizeof(path), "%s/lab.XXXXXX",
	    dir != NULL && *dir != '\0' ? dir : "/tmp");
	if (n < 0 || (size_t)n >= sizeof(path))
		return (-ENAMETOOLONG);
	fd = mkstemp(path);
	if (fd < 0)
		return (-errno);
	(void)fcntl(fd, F_SETFD, FD_CLOEXEC);
	(void)unlink(path);
	return (fd);
}

int
md_file_create(const char *path)
{
	int fd;

	if (path == NULL)
		return (create_nameless());
	fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	return (fd >= 0 ? fd : -errno);
}

long
md_file_read(int fd, void *buf, size_t bytes, uint64_t off)
{
	size_t done;
	ssize_t n;

	for (done = 0; done < bytes; done += (size_t)n) {
		n = pread(fd, (char *)buf + done, bytes - done,
		    (off_t)(off + done));
		if (n < 0 && errno == EINTR)
			n = 0;
		else if (n < 0)
			return (-errno);
		else if (n == 0)
			break;
	}
	return ((long)done);
}

long
md_file_write(int fd, const void *buf, size_t bytes, uint64_t off)
{
	size_t done;
	ssize_t n;

	for (done = 0; done < bytes; done += (size_t)n) {
		n = pwrite(fd, (const char *)buf + done, bytes - done,
		    (off_t)(off + done));
		if (n < 0 && errno == EINTR)
			n = 0;
		else if (n < 0)
			return (-errno);
		else if (n == 0)
			return (-EIO);
	}
	return ((long)done);
}

void
md_file_close(int fd)
{
	(void)close(fd);
}
