/*
 * What a driver that runs on either machine calls: the test runner, the
 * conformance runner.  A driver made for one machine uses that machine's own
 * header as well (<machine/native/native.h>).
 */
#ifndef MACHINE_DRIVER_H
#define	MACHINE_DRIVER_H

/*
 * Get the machine ready: find its CPUs and domains.  Once a process, before
 * anything else of the machine; children of fork() inherit it.
 */
void	machine_init(void);

/*
 * Run fn(arg) as the machine's first thread, on CPU 0, and return when it has
 * returned.  Only inside fn may md_park() and md_run() be called.  Once a
 * process on the virtual machine.
 */
void	machine_enter(void (*fn)(void *arg), void *arg);

#endif /* MACHINE_DRIVER_H */
