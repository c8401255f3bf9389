/*
 * What the primitives cost one thread that meets nobody: a pair each, take and
 * release, of what the paths are made of.
 *
 * One operation is one pair; the variant says of what.  `xbusy' and `sbusy'
 * run with the object locked outside the clock, so that they time the busy
 * state alone; `busy_cycle' is what a caller of that release must write to
 * busy a page it has looked up, locks included.  The loop itself is the row
 * `empty'.  bench/ adds rows that need no unit, such as pthread_mutex.
 * The oracle: the page is unbusied at the end.
 */
#include <sys/rwlock.h>
#include <sys/sx.h>
#include <workload/workload.h>

static struct {
	struct mtx	mtx __cacheline_aligned;
	struct rwlock	rw __cacheline_aligned;
	struct sx	sx __cacheline_aligned;
} locks;

/* A pair of statements as loops of its own. */
#define	PAIR(ident, pair)						\
static void								\
ident##_loop(struct wl_thread *t)					\
{									\
	vm_page_t m = t->held;						\
									\
	(void)m;							\
	WL_LOOP(t, { pair; });						\
}									\
static void								\
ident##_sampled_loop(struct wl_thread *t)				\
{									\
	vm_page_t m = t->held;						\
									\
	(void)m;							\
	WL_SAMPLED_LOOP(t, { pair; });					\
}

PAIR(empty, (void)0)
PAIR(xbusy, pv_xbusy_locked(m); pv_xunbusy_locked(m))
PAIR(sbusy, pv_sbusy_locked(m); pv_sunbusy_locked(m))
PAIR(mtx, mtx_lock(&locks.mtx); mtx_unlock(&locks.mtx))
PAIR(rw_rd, rw_rlock(&locks.rw); rw_runlock(&locks.rw))
PAIR(rw_wr, rw_wlock(&locks.rw); rw_wunlock(&locks.rw))
PAIR(sx_sh, sx_slock(&locks.sx); sx_sunlock(&locks.sx))
PAIR(object_lock, pv_object_lock(t->object); pv_object_unlock(t->object))
PAIR(object_lock_read, pv_object_lock_read(t->object);
    pv_object_unlock_read(t->object))
PAIR(page_lock, vm_page_lock(m); vm_page_unlock(m))
PAIR(busy_cycle, pv_object_lock(t->object); pv_xbusy_locked(m);
    pv_object_unlock(t->object); pv_xunbusy(m))

#define	LOOPS(ident)	#ident, ident##_loop, ident##_sampled_loop

static const struct primitive {
	const char	*name;
	void		(*loop)(struct wl_thread *t);
	void		(*sampled_loop)(struct wl_thread *t);
	bool		 locked;	/* object locked outside the clock */
} primitives[] = {
	{ LOOPS(empty),			false },
	{ LOOPS(xbusy),			true },
	{ LOOPS(sbusy),			true },
	{ LOOPS(busy_cycle),		false },
	{ LOOPS(object_lock),		false },
	{ LOOPS(object_lock_read),	false },
	{ LOOPS(page_lock),		false },
	{ LOOPS(mtx),			false },
	{ LOOPS(rw_rd),			false },
	{ LOOPS(rw_wr),			false },
	{ LOOPS(sx_sh),			false },
};

static const char *const primitive_variants[] = {
	"empty", "xbusy", "sbusy", "busy_cycle", "object_lock",
	"object_lock_read", "page_lock", "mtx", "rw_rd", "rw_wr", "sx_sh",
	NULL
};
_Static_assert(nitems(primitive_variants) == nitems(primitives) + 1,
    "a variant each");

static int
primitive_setup(struct lab_run *run)
{
	struct wl_thread *t;

	mtx_init(&locks.mtx, "primitive mutex", NULL, MTX_DEF);
	rw_init_flags(&locks.rw, "primitive rwlock", NULL, 0);
	sx_init_flags(&locks.sx, "primitive sx", NULL, 0);
	wl_fixture(run, 1, wl_make_resident);
	t = &wl_state(run)->threads[0];
	t->held = TAILQ_FIRST(&t->object->memq);
	return (0);
}

static int
primitive_oracle(struct lab_run *run)
{
	mtx_destroy(&locks.mtx);
	rw_destroy(&locks.rw);
	sx_destroy(&locks.sx);
	return (wl_objects_at_rest(run));
}

static const struct primitive *
primitive_begin(struct wl_thread *t)
{
	const struct primitive *p = primitives;

	while (!wl_variant(t->run, p->name))
		p++;
	if (p->locked)
		pv_object_lock(t->object);
	return (p);
}

static void
primitive_end(struct wl_thread *t, const struct primitive *p)
{
	if (p->locked)
		pv_object_unlock(t->object);
}

static void
primitive_loop(struct wl_thread *t)
{
	const struct primitive *p = primitive_begin(t);

	p->loop(t);
	primitive_end(t, p);
}

static void
primitive_sampled_loop(struct wl_thread *t)
{
	const struct primitive *p = primitive_begin(t);

	p->sampled_loop(t);
	primitive_end(t, p);
}

WORKLOAD_RECORD(primitive, "a pair, take and release, by one thread",
    primitive_loop, .sampled_loop = primitive_sampled_loop,
    .lab.lw_sharing = LAB_PRIVATE, .lab.lw_variants = primitive_variants,
    .lab.lw_threads_max = 1,
    .setup = primitive_setup, .oracle = primitive_oracle)
