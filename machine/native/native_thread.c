/*
 * Native CPUs and threads: POSIX threads pinned to the processing units that
 * the driver chose.
 *
 * Read <machine/native/native.h> first.  A benchmark brings threads of its own
 * and only attaches them; md_run() is for tests and conformance.
 */
#define	_GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#include <machine/driver.h>
#include <machine/machine.h>
#include <machine/native/native.h>
#include <md_curthread.h>

/* One thread of an md_run(). */
struct run_thread {
	pthread_t	rt_pthread;
	struct run	*rt_run;
	unsigned	 rt_index;
};

struct run {
	void		(*r_fn)(void *, unsigned);
	void		*r_arg;
	/* All start together, or short bodies would never meet. */
	pthread_barrier_t r_start;
};

__thread struct thread *md_curthread_ptr;

/* Constant while threads run: native_init(). */
static struct native_cpu *cpus;
static unsigned		 ncpus = 1;
static unsigned		 ndomains = 1;
static hwloc_topology_t	 topology;

static __thread unsigned curcpu;

unsigned
md_ncpus(void)
{
	return (ncpus);
}

unsigned
md_ndomains(void)
{
	return (ndomains);
}

unsigned
md_curcpu(void)
{
	return (curcpu);
}

unsigned
md_curdomain(void)
{
	return (cpus == NULL ? 0 : cpus[curcpu].nc_domain);
}

hwloc_topology_t
native_topology(void)
{
	return (topology);
}

void
native_init(unsigned n, const struct native_cpu *chosen, hwloc_topology_t topo)
{
	unsigned i;
	int nodes;

	nodes = hwloc_get_nbobjs_by_type(topo, HWLOC_OBJ_NUMANODE);
	ndomains = nodes > 0 ? (unsigned)nodes : 1;
	if (n == 0)
		md_panic("native_init: no CPU given");
	for (i = 0; i < n; i++)
		if (chosen[i].nc_domain >= ndomains)
			md_panic("native_init: CPU %u: domain %u of %u", i,
			    chosen[i].nc_domain, ndomains);
	free(cpus);
	cpus = calloc(n, sizeof(*cpus));
	if (cpus == NULL)
		md_panic("native_init: no memory for %u CPUs", n);
	memcpy(cpus, chosen, n * sizeof(*cpus));
	ncpus = n;
	topology = topo;
}

void
native_thread_attach(unsigned cpu)
{
	if (cpu >= ncpus)
		md_panic("native_thread_attach: CPU %u of %u", cpu, ncpus);
	curcpu = cpu;
}

int
native_thread_pin(unsigned cpu)
{
	cpu_set_t *set;
	size_t bytes;
	int error;

	native_thread_attach(cpu);
	if (cpus == NULL)
		return (ENOTSUP);
	bytes = CPU_ALLOC_SIZE(cpus[cpu].nc_pu + 1);
	set = CPU_ALLOC(cpus[cpu].nc_pu + 1);
	if (set == NULL)
		return (ENOMEM);
	CPU_ZERO_S(bytes, set);
	CPU_SET_S(cpus[cpu].nc_pu, bytes, set);
	error = pthread_setaffinity_np(pthread_self(), bytes, set);
	CPU_FREE(set);
	return (error);
}

static void *
run_main(void *arg)
{
	struct run_thread *rt = arg;

	/* Best effort: where pinning is refused the test still tests. */
	(void)native_thread_pin(rt->rt_index % ncpus);
	pthread_barrier_wait(&rt->rt_run->r_start);
	rt->rt_run->r_fn(rt->rt_run->r_arg, rt->rt_index);
	return (NULL);
}

void
md_run(unsigned n, void (*fn)(void *arg, unsigned i), void *arg)
{
	struct run run = { .r_fn = fn, .r_arg = arg };
	struct run_thread *threads;
	unsigned i;
	int error;

	threads = calloc(n, sizeof(*threads));
	if (threads == NULL || pthread_barrier_init(&run.r_start, NULL, n))
		md_panic("md_run: cannot set up %u threads", n);
	for (i = 0; i < n; i++) {
		threads[i].rt_run = &run;
		threads[i].rt_index = i;
		error = pthread_create(&threads[i].rt_pthread, NULL, run_main,
		    &threads[i]);
		if (error != 0)
			md_panic("md_run: thread %u of %u: %s", i, n,
			    strerror(error));
	}
	for (i = 0; i < n; i++)
		pthread_join(threads[i].rt_pthread, NULL);
	pthread_barrier_destroy(&run.r_start);
	free(threads);
}

/* Every PU this process may use, and this machine's own topology. */
void
machine_init(void)
{
	struct native_cpu *all;
	hwloc_topology_t topo;
	hwloc_obj_t pu;
	unsigned i, n;

	if (hwloc_topology_init(&topo) != 0 || hwloc_topology_load(topo) != 0)
		md_panic("machine_init: cannot read the machine's topology");
	n = (unsigned)hwloc_get_nbobjs_by_type(topo, HWLOC_OBJ_PU);
	all = calloc(n, sizeof(*all));
	if (all == NULL)
		md_panic("machine_init: no memory for %u CPUs", n);
	for (i = 0; i < n; i++) {
		pu = hwloc_get_obj_by_type(topo, HWLOC_OBJ_PU, i);
		all[i].nc_pu = pu->os_index;
		while (pu->memory_arity == 0 && pu->parent != NULL)
			pu = pu->parent;
		if (pu->memory_arity > 0)
			all[i].nc_domain = pu->memory_first_child->
			    logical_index;
	}
	native_init(n, all, topo);
	free(all);
}

void
machine_enter(void (*fn)(void *arg), void *arg)
{
	(void)native_thread_pin(0);
	fn(arg);
}
