/*
 * The window of faults that is written, and its text.
 *
 * Only objects and threads of the window are written, each in front of its
 * first fault, with ids in that order.  Private memory is renumbered from the
 * lowest page of the window, so that a trace shows no addresses and its page
 * numbers stay small.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "vmtrace.h"

/* What is known of the window that ends at the fault in hand. */
struct census {
	uint32_t	*of;		/* faults in the window, by pid */
	uint32_t	processes;	/* that have any */
	uint32_t	shared;		/* faults on objects of several */
};

/* Mark the objects that several processes of the recording fault on. */
static void
mark_shared(struct vmtrace *v)
{
	const struct vt_fault *f = v->vt_faults.va_data;
	const struct vt_thread *th = v->vt_threads.va_data;
	struct vt_object **objects = v->vt_objects.va_data, *o;
	uint32_t i, pid;

	for (i = 0; i < v->vt_faults.va_count; i++) {
		o = objects[f[i].vf_object];
		pid = th[f[i].vf_thread].vh_pid;
		if (o->vo_first_pid == 0)
			o->vo_first_pid = pid;
		else if (o->vo_first_pid != pid)
			o->vo_shared = 1;
	}
}

/* A fault comes into the window (by is 1) or leaves it (-1). */
static void
census_change(struct vmtrace *v, struct census *c, uint32_t fault, int by)
{
	const struct vt_fault *f = v->vt_faults.va_data;
	const struct vt_thread *th = v->vt_threads.va_data;
	struct vt_object *const *objects = v->vt_objects.va_data;
	uint32_t *n;

	n = &c->of[th[f[fault].vf_thread].vh_pid];
	if (by > 0) {
		c->processes += (*n)++ == 0;
		c->shared += objects[f[fault].vf_object]->vo_shared;
	} else {
		c->processes -= --(*n) == 0;
		c->shared -= objects[f[fault].vf_object]->vo_shared;
	}
}

/* First fault of the best window; there are more faults than it may have. */
static uint32_t
best_window(struct vmtrace *v, const struct vt_window *w)
{
	struct census c = { 0 };
	uint32_t best, shared, processes, p, i;

	mark_shared(v);
	c.of = vt_alloc(LAB_TRACE_PID_MAX * sizeof(*c.of));
	best = shared = processes = 0;
	for (i = 0; i < v->vt_faults.va_count; i++) {
		census_change(v, &c, i, 1);
		if (i < w->vw_faults - 1)
			continue;
		if (i >= w->vw_faults)
			census_change(v, &c, i - w->vw_faults, -1);
		p = c.processes < w->vw_processes ? c.processes :
		    w->vw_processes;
		if (p > processes || (p == processes && c.shared > shared)) {
			best = i - (w->vw_faults - 1);
			processes = p;
			shared = c.shared;
		}
	}
	free(c.of);
	return (best);
}

static void
find_bases(struct vmtrace *v, uint32_t first, uint32_t end)
{
	const struct vt_fault *f = v->vt_faults.va_data;
	struct vt_object **objects = v->vt_objects.va_data, *o;
	uint32_t i;

	for (i = 0; i < v->vt_objects.va_count; i++)
		objects[i]->vo_base = objects[i]->vo_kind == LAB_TRACE_ANON ?
		    UINT64_MAX : 0;
	for (i = first; i < end; i++) {
		o = objects[f[i].vf_object];
		if (f[i].vf_page < o->vo_base)
			o->vo_base = f[i].vf_page;
	}
}

static void
write_object(FILE *to, struct vt_object *o, uint32_t *next)
{

	if (o->vo_id != VT_NONE)
		return;
	o->vo_id = (*next)++;
	if (o->vo_kind == LAB_TRACE_ANON)
		fprintf(to, "O %u anon %u %s\n", o->vo_id, o->vo_pid,
		    o->vo_name);
	else
		fprintf(to, "O %u %s %02x:%02x %" PRIu64 " %s\n", o->vo_id,
		    o->vo_kind == LAB_TRACE_SHARED ? "shared" : "file",
		    o->vo_major, o->vo_minor, o->vo_inode, o->vo_name);
}

static void
write_thread(FILE *to, struct vt_thread *th, uint32_t *next)
{

	if (th->vh_id != VT_NONE)
		return;
	th->vh_id = (*next)++;
	fprintf(to, "T %u %u/%u\n", th->vh_id, th->vh_pid, th->vh_tid);
}

/* Microseconds from the fault before; clocks of CPUs may disagree by one. */
static uint64_t
since(const struct vt_fault *f, uint32_t i, uint32_t first)
{

	if (i == first || f[i].vf_time_us < f[i - 1].vf_time_us)
		return (0);
	return (f[i].vf_time_us - f[i - 1].vf_time_us);
}

static void
write_remarks(const struct vmtrace *v, FILE *to, uint32_t first, uint32_t end,
    const char *remark)
{
	uint32_t all;

	all = v->vt_faults.va_count;
	fprintf(to, "# vmtrace 1\n");
	if (remark != NULL)
		fprintf(to, "# %s\n", remark);
	if (v->vt_no_kinds)
		fprintf(to, "# The event recorded does not tell reads from "
		    "writes: every fault is r.\n");
	if (end - first < all)
		fprintf(to, "# Cut: faults %u to %u of %u, the %u in a row "
		    "with the most faults on\n# objects that processes "
		    "share.\n", first, end - 1, all, end - first);
	if (v->vt_lost != 0)
		fprintf(to, "# perf lost %" PRIu64 " events.\n", v->vt_lost);
	if (v->vt_dropped != 0)
		fprintf(to, "# %" PRIu64 " faults are beyond the limits.\n",
		    v->vt_dropped);
}

void
vt_write(struct vmtrace *v, FILE *to, const struct vt_window *w,
    const char *remark)
{
	const struct vt_fault *f = v->vt_faults.va_data;
	struct vt_object **objects = v->vt_objects.va_data, *o;
	struct vt_thread *threads = v->vt_threads.va_data;
	uint32_t end, first, i, next_object, next_thread;

	first = 0;
	end = v->vt_faults.va_count;
	if (w->vw_faults != 0 && w->vw_faults < end) {
		first = best_window(v, w);
		end = first + w->vw_faults;
	}
	find_bases(v, first, end);
	write_remarks(v, to, first, end, remark);
	next_object = next_thread = 0;
	for (i = first; i < end; i++) {
		o = objects[f[i].vf_object];
		write_object(to, o, &next_object);
		write_thread(to, &threads[f[i].vf_thread], &next_thread);
		fprintf(to, "F %" PRIu64 " %u %u %" PRIu64 " %c\n",
		    since(f, i, first), threads[f[i].vf_thread].vh_id,
		    o->vo_id, f[i].vf_page - o->vo_base, f[i].vf_kind);
	}
}
