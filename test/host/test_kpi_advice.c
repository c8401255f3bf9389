/*
 * What a person writes in successors: handed on at the step that it is about,
 * and counted where it says what no contract can.
 *
 * Goal: a copy of an implementation inherits no advice on how to come to it;
 * a state of the page that is wanted anew decides.  Method: two surfaces of a
 * few items made in memory.
 */
#include "kpi_surfaces.h"

/* The old surface has the new one's line too. */
static void
had(unsigned line)
{
	old.successors[old.su.su_nsuccessors++] = new.successors[line];
}

/* What only a person knows of a name that stays is handed on, once. */
static void
advice(void **state)
{
	(void)state;
	flag(&old, "IGN_SBUSY", "1", 1);
	flag(&new, "IGN_SBUSY", "1", 1);
	flag(&old, "RETRY", "2", 2);
	flag(&new, "RETRY", "2", 2);
	successor("IGN_SBUSY", "IGN_SBUSY", "give SBUSY too");
	successor("RETRY", "RETRY", "leave it");
	old.successors[old.su.su_nsuccessors++] = new.successors[1];
	compare();
	assert_int_equal(pair->pa_nchanges, 0);
	assert_int_equal(pair->pa_advice.nm_n, 1);
	assert_string_equal(pair->pa_advice.nm_names[0],
	    "IGN_SBUSY: give SBUSY too");
}

/*
 * Both have the lines, and what they say is gone is gone from both: the step
 * was made long ago, whatever a new line says is gone since.  What contracts
 * say stands.
 */
static void
advice_of_an_earlier_step(void **state)
{
	const struct kpi_change *c;

	(void)state;
	contract(page_function(&old, "vm_page_grab"), "WRITE", "FREE", "NO");
	contract(page_function(&new, "vm_page_grab"), "READ", "FREE", "NO");
	successor("vm_page_grab", "vm_page_grab", "drop RETRY")->ks_wants =
	    "stricter";
	successor("vm_page_busy", "vm_page_xbusy", "busy it");
	had(0);
	had(1);
	page_function(&old, "mine");
	successor("mine", "-", "write it out");
	compare();
	change(KPI_CLASS_REMOVED, "mine");
	assert_int_equal(pair->pa_nchanges, 2);
	c = change(KPI_CLASS_RELAXED, "vm_page_grab");
	assert_string_equal(c->ch_must,
	    kpi_rule_of(KPI_CLASS_RELAXED)->ru_must);
	assert_int_equal(pair->pa_advice.nm_n, 0);
}

/* Both sides have the lines, as two trees do, and the step is between them. */
static void
advice_of_this_step(void **state)
{
	(void)state;
	contract(page_function(&old, "vm_page_flash"), "WRITE", "ANY", "NO");
	contract(page_function(&new, "vm_page_flash"), "NONE", "HELD", "NO");
	page_function(&old, "vm_page_busy");
	page_function(&new, "vm_page_xbusy");
	successor("vm_page_flash", "vm_page_flash", "lock the page");
	successor("vm_page_busy", "vm_page_xbusy", "busy it");
	had(0);
	had(1);
	compare();
	assert_string_equal(change(KPI_CLASS_OTHER, "vm_page_flash")->ch_must,
	    "lock the page");
	assert_string_equal(change(KPI_CLASS_RENAMED, "vm_page_busy")->ch_must,
	    "busy it");
}

/* Both have the lines, and neither made the step: a tree against itself. */
static void
advice_of_a_later_step(void **state)
{
	(void)state;
	flag(&old, "IGN_SBUSY", "1", 1);
	flag(&new, "IGN_SBUSY", "1", 1);
	page_function(&old, "vm_page_busy");
	page_function(&new, "vm_page_busy");
	successor("IGN_SBUSY", "IGN_SBUSY", "give SBUSY too")->ks_wants =
	    "stricter";
	successor("vm_page_busy", "vm_page_xbusy", "busy it");
	had(0);
	had(1);
	compare();
	assert_int_equal(pair->pa_nchanges, 0);
	assert_int_equal(pair->pa_advice.nm_n, 0);
}

/* Less of the lock and more of the page is other; of a flag, more. */
static void
stated(void **state)
{
	const struct kpi_change *c;

	(void)state;
	contract(page_function(&old, "vm_page_busy"), "WRITE", "ANY", "NO");
	contract(page_function(&new, "vm_page_xbusy"), "READ", "ANY", "NO");
	successor("vm_page_busy", "vm_page_xbusy",
	    "heed sharers")->ks_wants = "stricter";
	flag(&old, "IGN_SBUSY", "1", 1);
	flag(&new, "IGN_SBUSY", "1", 1);
	successor("IGN_SBUSY", "IGN_SBUSY", "give SBUSY too")->ks_wants =
	    "stricter";
	compare();
	c = change(KPI_CLASS_OTHER, "vm_page_busy");
	assert_string_equal(c->ch_after,
	    "object READ, page ANY, sleep NO; stricter by successors");
	assert_int_equal(c->ch_seen_by, KPI_SEEN_CONTRACT |
	    KPI_SEEN_SUCCESSORS);
	c = change(KPI_CLASS_STRICTER, "IGN_SBUSY");
	assert_null(c->ch_before);
	assert_string_equal(c->ch_after, "stricter by successors");
	assert_int_equal(c->ch_seen_by, KPI_SEEN_SUCCESSORS);
	assert_string_equal(c->ch_must, "give SBUSY too");
	change(KPI_CLASS_RENAMED, "vm_page_busy");
	assert_int_equal(pair->pa_nchanges, 3);
	assert_int_equal(pair->pa_advice.nm_n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(advice), TEST(advice_of_an_earlier_step),
		TEST(advice_of_this_step), TEST(advice_of_a_later_step),
		TEST(stated),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
