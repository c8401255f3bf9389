/*
 * Files.  The virtual machine links this too: a simulated machine's files are
 * the host's.
 */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <machine/machine.h>

int
md_file_open(const char *path)
{
	int fd;

	fd = open(path, O_RDONLY | O_CLOEXEC);
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

void
md_file_close(int fd)
{
	(void)close(fd);
}
