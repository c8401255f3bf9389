/*
 * The comparison of two surfaces, class by class, and the rule.
 *
 * Goal: what differs is reported under the right class, once, and nothing else
 * is.  Method: two surfaces of a few items made in memory, that differ in one
 * thing.  What is read of real headers is for test_kpi_surface.c, and whole
 * runs are for test/kpi.sh.
 */
#include "kpi_surfaces.h"

/* Equal surfaces, with one item of each kind. */
static void
fill(struct small *s)
{
	contract(page_function(s, "vm_page_flash"), "WRITE", "ANY", "NO");
	macro(s, "VM_OBJECT_LOCK", "(object)", 1, "mtx_lock(&(object)->mtx)");
	flag(s, "VPO_NOSYNC", "0x0400", 0x400);
	type(s, "vm_page", 104);
	member(s, "vm_page.flags", 90, 2, "uint16_t");
	item(s, KPI_VARIABLE, "pa_lock", KPI_SEEN_CTAGS)->ki_type =
	    "struct pa_lock[]";
}

static void
same(void **state)
{
	char *because;

	(void)state;
	fill(&old);
	fill(&new);
	compare();
	assert_int_equal(pair->pa_nchanges, 0);
	assert_int_equal(kpi_verdict_of(pair), KPI_NOTHING);
	because = kpi_because(pair);
	assert_string_equal(because, "no change");
	free(because);
}

static void
removed(void **state)
{
	const struct kpi_change *c;

	(void)state;
	page_function(&old, "vm_page_sleep");
	compare();
	c = only(KPI_CLASS_REMOVED, "vm_page_sleep");
	assert_string_equal(c->ch_before, "void (vm_page_t m)");
	assert_null(c->ch_after);
	assert_null(c->ch_to);
	assert_int_equal(c->ch_seen_by, KPI_SEEN_CTAGS);
	assert_int_equal(c->ch_line, 7);
}

/* A successor of "-" advises, and so does one that is not there. */
static void
removed_with_advice(void **state)
{
	(void)state;
	page_function(&old, "vm_page_sleep");
	page_function(&old, "vm_page_busy");
	successor("vm_page_sleep", "-", "sleep by hand");
	successor("vm_page_busy", "vm_page_xbusy", "busy it");
	compare();
	assert_string_equal(change(KPI_CLASS_REMOVED, "vm_page_sleep")->ch_must,
	    "sleep by hand");
	assert_string_equal(change(KPI_CLASS_REMOVED, "vm_page_busy")->ch_must,
	    "busy it");
	assert_int_equal(pair->pa_nchanges, 2);
}

static void
renamed(void **state)
{
	const struct kpi_change *c;

	(void)state;
	page_function(&old, "vm_page_busy");
	page_function(&new, "vm_page_xbusy");
	successor("vm_page_busy", "vm_page_xbusy", "");
	compare();
	c = only(KPI_CLASS_RENAMED, "vm_page_busy");
	assert_string_equal(c->ch_to, "vm_page_xbusy");
	assert_string_equal(c->ch_must, "use vm_page_xbusy instead");
}

/* A name that is still there was not renamed, whatever its successor. */
static void
not_renamed(void **state)
{
	(void)state;
	page_function(&old, "vm_page_busy");
	page_function(&new, "vm_page_busy");
	page_function(&new, "vm_page_xbusy");
	successor("vm_page_busy", "vm_page_xbusy", "");
	compare();
	only(KPI_CLASS_ADDED, "vm_page_xbusy");
}

/* What else differs of a name that another took the place of. */
static void
renamed_and_more(void **state)
{
	const struct kpi_change *c;

	(void)state;
	contract(page_function(&old, "vm_page_sleep"), "WRITE", "ANY",
	    "OBJECT");
	contract(function(&new, "vm_page_busy_sleep",
	    "void (vm_page_t m, const char *msg)",
	    "void (vm_page_t, const char *)", 2), "NONE", "HELD", "PAGE");
	successor("vm_page_sleep", "vm_page_busy_sleep", "drop the object");
	compare();
	change(KPI_CLASS_RENAMED, "vm_page_sleep");
	change(KPI_CLASS_SIGNATURE, "vm_page_sleep");
	c = change(KPI_CLASS_OTHER, "vm_page_sleep");
	assert_string_equal(c->ch_before,
	    "object WRITE, page ANY, sleep OBJECT");
	assert_string_equal(c->ch_after, "object NONE, page HELD, sleep PAGE");
	assert_string_equal(c->ch_must, "drop the object");
	assert_int_equal(pair->pa_nchanges, 3);
}

static void
signature(void **state)
{
	const struct kpi_change *c;

	(void)state;
	function(&old, "f", "int (vm_page_t m, int all)",
	    "int (vm_page_t, int)", 2);
	function(&new, "f", "int (vm_page_t m)", "int (vm_page_t)", 1);
	function(&old, "result", "void (int a)", "void (int)", 1);
	function(&new, "result", "int (int a)", "int (int)", 1);
	macro(&old, "M", "(a)", 1, "(a)");
	macro(&new, "M", "(a, b)", 2, "(a)");
	compare();
	c = change(KPI_CLASS_SIGNATURE, "f");
	assert_int_equal(c->ch_nparams_old, 2);
	assert_int_equal(c->ch_nparams_new, 1);
	change(KPI_CLASS_SIGNATURE, "result");
	change(KPI_CLASS_SIGNATURE, "M");
	assert_int_equal(pair->pa_nchanges, 3);
}

static void
parameter_names(void **state)
{
	(void)state;
	function(&old, "f", "int (vm_page_t m)", "int (vm_page_t)", 1);
	function(&new, "f", "int (vm_page_t page)", "int (vm_page_t)", 1);
	macro(&old, "M", "(a, b)", 2, "f((a)+b, \"a\")");
	macro(&new, "M", "(x, y)", 2, "f((x) + y,\"a\")");
	compare();
	assert_int_equal(pair->pa_nchanges, 0);
}

static void
kind(void **state)
{
	const struct kpi_change *c;

	(void)state;
	macro(&old, "f", "(m)", 1, "g(m)");
	page_function(&new, "f");
	page_function(&old, "h");
	page_function(&new, "h")->ki_kind = KPI_INLINE;
	compare();
	c = change(KPI_CLASS_KIND, "f");
	assert_string_equal(c->ch_before, "macro (m) g(m)");
	assert_string_equal(c->ch_after, "function void (vm_page_t m)");
	assert_int_equal(c->ch_kind, KPI_MACRO);
	change(KPI_CLASS_KIND, "h");
	assert_int_equal(pair->pa_nchanges, 2);
}

/* Other parameters are more than another kind. */
static void
kind_and_signature(void **state)
{
	(void)state;
	macro(&old, "f", "(m, n)", 2, "g(m, n)");
	page_function(&new, "f");
	compare();
	only(KPI_CLASS_SIGNATURE, "f");
}

static void
value(void **state)
{
	const struct kpi_change *c;

	(void)state;
	flag(&old, "VPO_NOSYNC", "0x0400", 0x400);
	flag(&new, "VPO_NOSYNC", "0x10", 0x10);
	flag(&old, "VPO_UNMANAGED", "0x0004", 4);
	flag(&new, "VPO_UNMANAGED", "(1 << 2)", 4);
	flag(&old, "PAGES", "8", 8);
	macro(&new, "PAGES", NULL, -1, "(pages())");
	for (struct small *s = &old; s != NULL; s = s == &old ? &new : NULL) {
		struct kpi_item *i = item(s, KPI_CONSTANT, "OBJT_DEAD",
		    KPI_SEEN_CTAGS | KPI_SEEN_DEFINES);

		i->ki_has_value = true;
		i->ki_value = s == &old ? 4 : 5;
	}
	compare();
	c = change(KPI_CLASS_VALUE, "VPO_NOSYNC");
	assert_string_equal(c->ch_before, "1024 (0x400)");
	assert_string_equal(c->ch_after, "16 (0x10)");
	assert_int_equal(c->ch_seen_by, KPI_SEEN_DEFINES);
	change(KPI_CLASS_VALUE, "OBJT_DEAD");
	assert_string_equal(change(KPI_CLASS_VALUE, "PAGES")->ch_after,
	    "(pages())");
	assert_int_equal(pair->pa_nchanges, 3);
}

static void
expansion(void **state)
{
	(void)state;
	macro(&old, "LOCK", "(o)", 1, "mtx_lock(&(o)->mtx)");
	macro(&new, "LOCK", "(o)", 1, "rw_wlock(&(o)->lock)");
	macro(&old, "WHO", NULL, -1, "curthread");
	macro(&new, "WHO", NULL, -1, "curproc");
	compare();
	change(KPI_CLASS_EXPANSION, "LOCK");
	change(KPI_CLASS_EXPANSION, "WHO");
	assert_int_equal(pair->pa_nchanges, 2);
}

/* A weaker lock in another text: modules still hold the old one. */
static void
expansion_and_relaxed(void **state)
{
	(void)state;
	contract(macro(&old, "LOOK", "(o)", 1, "wlook(o)"), "WRITE", "ANY",
	    "NO");
	contract(macro(&new, "LOOK", "(o)", 1, "rlook(o)"), "READ", "ANY",
	    "NO");
	compare();
	change(KPI_CLASS_EXPANSION, "LOOK");
	change(KPI_CLASS_RELAXED, "LOOK");
	assert_int_equal(kpi_verdict_of(pair), KPI_BUMP);
}

static void
added(void **state)
{
	(void)state;
	flag(&new, "VM_ALLOC_SBUSY", "0x4000", 0x4000);
	compare();
	assert_null(only(KPI_CLASS_ADDED, "VM_ALLOC_SBUSY")->ch_before);
	assert_int_equal(kpi_verdict_of(pair), KPI_NOTE);
}

static const struct {
	struct kpi_contract	before, after;
	enum kpi_class		class;
} contracts[] = {
	{ { "NONE", "ANY", "NO", "" }, { "READ", "ANY", "NO", "" },
	    KPI_CLASS_STRICTER },
	{ { "READ", "ANY", "NO", "" }, { "WRITE", "ANY", "NO", "" },
	    KPI_CLASS_STRICTER },
	{ { "WRITE", "ANY", "NO", "" }, { "NONE", "ANY", "NO", "" },
	    KPI_CLASS_RELAXED },
	{ { "NONE", "ANY", "NO", "" }, { "NONE", "HELD", "NO", "" },
	    KPI_CLASS_STRICTER },
	{ { "NONE", "FREE", "NO", "" }, { "NONE", "ANY", "NO", "" },
	    KPI_CLASS_RELAXED },
	{ { "NONE", "FREE", "NO", "" }, { "NONE", "HELD", "NO", "" },
	    KPI_CLASS_OTHER },
	{ { "WRITE", "ANY", "NO", "" }, { "WRITE", "ANY", "OBJECT", "" },
	    KPI_CLASS_STRICTER },
	{ { "WRITE", "ANY", "BOTH", "" }, { "WRITE", "ANY", "OBJECT", "" },
	    KPI_CLASS_RELAXED },
	{ { "NONE", "ANY", "SELF", "" }, { "NONE", "ANY", "WAIT", "" },
	    KPI_CLASS_STRICTER },
	{ { "NONE", "ANY", "OBJECT", "" }, { "NONE", "ANY", "PAGE", "" },
	    KPI_CLASS_OTHER },
	{ { "WRITE", "ANY", "NO", "" }, { "READ", "ANY", "OBJECT", "" },
	    KPI_CLASS_OTHER },
	{ { "READ", "ANY", "NO", "" }, { "WRITE", "HELD", "NO", "" },
	    KPI_CLASS_STRICTER },
	{ { "WRITE", "ANY", "LOCKS", "" }, { "READ", "ANY", "LOCKS", "" },
	    KPI_CLASS_OTHER },
};

static void
semantics(void **state)
{
	static const char *const names[] = { "a", "b", "c", "d", "e", "f",
	    "g", "h", "i", "j", "k", "l", "m" };
	size_t n = sizeof(contracts) / sizeof(contracts[0]);

	(void)state;
	assert_true(n <= sizeof(names) / sizeof(names[0]));
	for (size_t i = 0; i < n; i++) {
		page_function(&old, names[i])->ki_contract =
		    contracts[i].before;
		page_function(&new, names[i])->ki_contract =
		    contracts[i].after;
	}
	compare();
	for (size_t i = 0; i < n; i++)
		change(contracts[i].class, names[i]);
	assert_int_equal(pair->pa_nchanges, n);
}

/* A lock that one side does not speak of is said to be not compared. */
static void
unstated(void **state)
{
	(void)state;
	contract(page_function(&old, "f"), "WRITE", "ANY", "NO");
	page_function(&new, "f");
	compare();
	assert_int_equal(pair->pa_nchanges, 0);
	assert_int_equal(pair->pa_unstated.nm_n, 1);
	assert_string_equal(pair->pa_unstated.nm_names[0], "f");
}

/* Checked by a test or only documented: the same contract. */
static void
documented(void **state)
{
	struct kpi_item *i;

	(void)state;
	contract(page_function(&old, "f"), "WRITE", "ANY", "NO");
	contract(i = page_function(&new, "f"), "WRITE", "ANY", "NO");
	i->ki_contract.kc_checked = "DOCUMENTED";
	compare();
	assert_int_equal(pair->pa_nchanges, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(same), TEST(removed), TEST(removed_with_advice),
		TEST(renamed), TEST(not_renamed), TEST(renamed_and_more),
		TEST(signature), TEST(parameter_names), TEST(kind),
		TEST(kind_and_signature), TEST(value), TEST(expansion),
		TEST(expansion_and_relaxed), TEST(added), TEST(semantics),
		TEST(unstated), TEST(documented),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
