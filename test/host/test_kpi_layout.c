/*
 * Layouts, abidiff's text, and the rule over pairs.
 *
 * Goal: a structure and each of its members that differ are reported once; what
 * abidiff says is taken for what it is; every class demands what the table
 * says.  Method: surfaces made in memory, abidiff's words as it writes them.
 */
#include "kpi_surfaces.h"

#include "kpi/abidiff.h"

static void
moved(void **state)
{
	const struct kpi_change *c;

	(void)state;
	type(&old, "vm_page", 104);
	type(&new, "vm_page", 104);
	member(&old, "vm_page.oflags", 60, 2, "uint16_t");
	member(&new, "vm_page.oflags", 60, 4, "uint32_t");
	member(&old, "vm_page.flags", 62, 2, "uint16_t");
	member(&new, "vm_page.flags", 64, 2, "uint16_t");
	member(&old, "vm_page.valid", 70, 1, "uint8_t");
	member(&new, "vm_page.valid", 70, 1, "uint8_t");
	compare();
	c = change(KPI_CLASS_LAYOUT, "vm_page.flags");
	assert_string_equal(c->ch_before, "offset 62, 2 bytes, line 0, "
	    "uint16_t");
	assert_string_equal(c->ch_after, "offset 64, 2 bytes, line 1, "
	    "uint16_t");
	change(KPI_CLASS_LAYOUT, "vm_page.oflags");
	c = change(KPI_CLASS_LAYOUT, "vm_page");
	assert_string_equal(c->ch_before, "104 bytes, 2 lines");
	assert_string_equal(c->ch_after, "104 bytes, 2 lines; 2 members "
	    "differ");
	assert_int_equal(pair->pa_nchanges, 3);
}

static void
grown(void **state)
{
	(void)state;
	type(&old, "vm_page", 104);
	type(&new, "vm_page", 112);
	compare();
	assert_string_equal(only(KPI_CLASS_LAYOUT, "vm_page")->ch_after,
	    "112 bytes, 2 lines");
}

static void
gone_and_new(void **state)
{
	(void)state;
	type(&old, "vm_page", 104);
	type(&new, "vm_page", 104);
	member(&old, "vm_page.busy", 86, 1, "uint8_t");
	member(&new, "vm_page.busy_lock", 84, 4, "unsigned");
	compare();
	assert_null(change(KPI_CLASS_LAYOUT, "vm_page.busy")->ch_after);
	assert_null(change(KPI_CLASS_LAYOUT, "vm_page.busy_lock")->ch_before);
	change(KPI_CLASS_LAYOUT, "vm_page");
	assert_int_equal(pair->pa_nchanges, 3);
}

static void
member_renamed(void **state)
{
	const struct kpi_change *c;

	(void)state;
	type(&old, "vm_object", 128);
	type(&new, "vm_object", 128);
	member(&old, "vm_object.mtx", 0, 32, "struct mtx");
	member(&new, "vm_object.lock", 0, 32, "struct rwlock");
	successor("vm_object.mtx", "vm_object.lock", "");
	compare();
	c = change(KPI_CLASS_RENAMED, "vm_object.mtx");
	assert_string_equal(c->ch_to, "vm_object.lock");
	assert_string_equal(c->ch_after, "offset 0, 32 bytes, line 0, "
	    "struct rwlock");
	change(KPI_CLASS_LAYOUT, "vm_object");
}

/* Same place, same size, another type; a typedef; a variable. */
static void
another_type(void **state)
{
	(void)state;
	type(&old, "s", 8);
	type(&new, "s", 8);
	member(&old, "s.p", 0, 8, "char *");
	member(&new, "s.p", 0, 8, "int *");
	item(&old, KPI_TYPE, "t", KPI_SEEN_CTAGS)->ki_type = "int";
	item(&new, KPI_TYPE, "t", KPI_SEEN_CTAGS)->ki_type = "long";
	item(&old, KPI_VARIABLE, "v", KPI_SEEN_CTAGS)->ki_type = "int";
	item(&new, KPI_VARIABLE, "v", KPI_SEEN_CTAGS)->ki_type = "long";
	compare();
	change(KPI_CLASS_LAYOUT, "s.p");
	change(KPI_CLASS_LAYOUT, "s");
	change(KPI_CLASS_LAYOUT, "t");
	change(KPI_CLASS_LAYOUT, "v");
	assert_int_equal(pair->pa_nchanges, 4);
}

/* A type that is gone, or new, stands for its members. */
static void
whole_types(void **state)
{
	(void)state;
	type(&old, "gone", 8);
	member(&old, "gone.a", 0, 8, "long");
	type(&new, "born", 8);
	member(&new, "born.a", 0, 8, "long");
	compare();
	change(KPI_CLASS_REMOVED, "gone");
	change(KPI_CLASS_ADDED, "born");
	assert_int_equal(pair->pa_nchanges, 2);
}

/* Without a layout on one side only names and types are compared. */
static void
unknown_layout(void **state)
{
	(void)state;
	type(&old, "s", 8);
	type(&new, "s", 0)->ki_seen = KPI_SEEN_CTAGS;
	member(&old, "s.a", 4, 4, "int");
	member(&new, "s.a", 0, 0, "int")->ki_seen = KPI_SEEN_CTAGS;
	new.su.su_missing = KPI_SEEN_LAYOUT;
	compare();
	assert_int_equal(pair->pa_nchanges, 0);
	assert_int_equal(pair->pa_missing, KPI_SEEN_LAYOUT);
}

static const char report[] =
"Leaf changes summary: 5 artifacts changed\n"
"\n"
"1 Removed function:\n"
"\n"
"  [D] 'function void vm_page_busy(vm_page_t)'    {vm_page_busy}\n"
"\n"
"1 Added function:\n"
"\n"
"  [A] 'function void inner(vm_page_t)'    {inner}\n"
"\n"
"1 function with some sub-type change:\n"
"\n"
"  [C] 'function int seen(vm_page_t)' at a.c:5:1 has some sub-type changes:\n"
"    parameter 1 of type 'vm_page*' changed:\n"
"\n"
"'struct vm_page at vm_page.h:38:1' changed:\n"
"  type size hasn't changed\n"
"    'uint16_t flags' offset changed from 11 to 13 (in bytes)\n"
"    anonymous data member at offset 0 (in bits) changed from:\n"
"      struct vm_page_busy{uint8_t vm_page_busy::busy;}\n"
"\n"
"'enum obj_type at vm_object.h:26:1' changed:\n"
"  type size hasn't changed\n"
"  1 enumerator insertion:\n"
"    'obj_type::OBJT_NEW' value '5'\n"
"\n"
"'struct vm_map at vm_map.h:31:1' changed:\n"
"  type size hasn't changed\n";

static void
fill_for_report(void)
{
	page_function(&old, "vm_page_busy");
	contract(page_function(&old, "seen"), "NONE", "ANY", "NO");
	contract(page_function(&new, "seen"), "READ", "ANY", "NO");
	type(&old, "vm_page", 104);
	type(&new, "vm_page", 104);
	type(&old, "vm_map", 48);
	type(&new, "vm_map", 48);
	type(&old, "obj_type", 4);
	type(&new, "obj_type", 4);
	member(&old, "vm_page.flags", 88, 2, "uint16_t");
	member(&new, "vm_page.flags", 90, 2, "uint16_t");
	member(&old, "vm_page.busy", 86, 1, "uint8_t");
	item(&new, KPI_CONSTANT, "OBJT_NEW", KPI_SEEN_CTAGS)->ki_has_value =
	    true;
}

static unsigned
seen_by(enum kpi_class class, const char *name)
{
	return (change(class, name)->ch_seen_by);
}

static void
abidiff(void **state)
{
	(void)state;
	fill_for_report();
	compare();
	assert_int_equal(pair->pa_nchanges, 6);
	kpi_abidiff_merge(pair, &old.su, &new.su, report, KPI_ABIDIFF_CHANGED,
	    "report");
	/* Confirmed. */
	assert_int_equal(seen_by(KPI_CLASS_REMOVED, "vm_page_busy"),
	    KPI_SEEN_CTAGS | KPI_SEEN_ABIDIFF);
	assert_int_equal(seen_by(KPI_CLASS_LAYOUT, "vm_page"),
	    KPI_SEEN_LAYOUT | KPI_SEEN_ABIDIFF);
	assert_true(seen_by(KPI_CLASS_LAYOUT, "vm_page.flags") &
	    KPI_SEEN_ABIDIFF);
	assert_true(seen_by(KPI_CLASS_LAYOUT, "vm_page.busy") &
	    KPI_SEEN_ABIDIFF);
	assert_true(seen_by(KPI_CLASS_ADDED, "OBJT_NEW") & KPI_SEEN_ABIDIFF);
	/* Seen by it alone; of the enumeration all is explained. */
	assert_int_equal(seen_by(KPI_CLASS_SIGNATURE, "seen"),
	    KPI_SEEN_ABIDIFF);
	assert_int_equal(seen_by(KPI_CLASS_LAYOUT, "vm_map"),
	    KPI_SEEN_ABIDIFF);
	assert_null(find(KPI_CLASS_LAYOUT, "obj_type"));
	assert_int_equal(pair->pa_nchanges, 8);
	/* Locks are in no object: its word about the name confirms nothing. */
	assert_int_equal(seen_by(KPI_CLASS_STRICTER, "seen"),
	    KPI_SEEN_CONTRACT);
	/* And nobody's. */
	assert_int_equal(pair->pa_internal.nm_n, 1);
	assert_string_equal(pair->pa_internal.nm_names[0], "inner");
}

/*
 * A structure that is an unnamed member is in a header, and no item: what is
 * said of it is said of what it is a part of.
 */
static void
abidiff_of_parts(void **state)
{
	static struct kpi_part parts[] = { { "vm_page_busy", "vm_page" },
	    { "interlock", "vm_object" } };
	static const char text[] =
	    "'struct vm_page_busy at vm_page_busy.h:26:1' changed:\n"
	    "    'uint8_t busy', at offset 16 (in bits)\n"
	    "'struct interlock at vm_object_lock.h:14:1' changed:\n"
	    "  type alignment changed\n";

	(void)state;
	fill_for_report();
	type(&old, "vm_object", 128);
	type(&new, "vm_object", 128);
	old.su.su_parts = new.su.su_parts = parts;
	old.su.su_nparts = new.su.su_nparts = 2;
	compare();
	kpi_abidiff_merge(pair, &old.su, &new.su, text, KPI_ABIDIFF_CHANGED,
	    "report");
	assert_int_equal(pair->pa_internal.nm_n, 0);
	assert_true(seen_by(KPI_CLASS_LAYOUT, "vm_page.busy") &
	    KPI_SEEN_ABIDIFF);
	/* What nobody else saw is the whole's. */
	assert_int_equal(seen_by(KPI_CLASS_LAYOUT, "vm_object"),
	    KPI_SEEN_ABIDIFF);
}

static void
abidiff_of_nothing(void **state)
{
	(void)state;
	compare();
	kpi_abidiff_merge(pair, &old.su, &new.su, "", 0, "report");
	assert_int_equal(pair->pa_nchanges, 0);
	assert_true(pair->pa_abidiff);
}

static void
rule(void **state)
{
	(void)state;
	pair = kpi_pair_new("a", "b");
	for (unsigned c = 0; c < KPI_CLASSES; c++) {
		enum kpi_verdict wanted = c == KPI_CLASS_ADDED ||
		    c == KPI_CLASS_RELAXED ? KPI_NOTE : KPI_BUMP;

		memset(pair->pa_count, 0, sizeof(pair->pa_count));
		pair->pa_count[c] = 1;
		assert_int_equal(kpi_verdict_of(pair), wanted);
		assert_true(*kpi_rule_of(c)->ru_why != '\0');
	}
}

/* The highest demand decides, and only its classes are named. */
static void
highest(void **state)
{
	char *because;

	(void)state;
	page_function(&old, "f");
	flag(&new, "NEW1", "1", 1);
	flag(&new, "NEW2", "2", 2);
	flag(&old, "VALUE", "1", 1);
	flag(&new, "VALUE", "2", 2);
	compare();
	assert_int_equal(kpi_verdict_of(pair), KPI_BUMP);
	because = kpi_because(pair);
	assert_string_equal(because, "1 removed, 1 value");
	free(because);
}

static void
history(void **state)
{
	const struct kpi_history *h = kpi_history_of("rwlock_vpo", "sxbusy");

	(void)state;
	assert_non_null(h);
	assert_int_equal(h->hi_verdict, KPI_BUMP);
	assert_non_null(strstr(h->hi_what, "1000042"));
	assert_null(kpi_history_of("sxbusy", "rwlock_vpo"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(moved), TEST(grown), TEST(gone_and_new),
		TEST(member_renamed), TEST(another_type), TEST(whole_types),
		TEST(unknown_layout), TEST(abidiff), TEST(abidiff_of_parts),
		TEST(abidiff_of_nothing), TEST(rule), TEST(highest),
		cmocka_unit_test(history),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
