/*
 * The decision table, and what FreeBSD decided.  Read rule.h first.
 */
#include "rule.h"

#include <err.h>
#include <stdio.h>
#include <string.h>

const char *const kpi_verdict_names[KPI_BUMP + 1] = {
	[KPI_NOTHING] = "nothing",
	[KPI_NOTE] = "note",
	[KPI_BUMP] = "bump",
};

static const struct kpi_rule rules[KPI_CLASSES] = {
	[KPI_CLASS_REMOVED] = {
		"a name is gone, nothing took its place", KPI_BUMP,
		"sources that use it no longer compile, and need the version "
		"to know which to write",
		"stop using it: nothing took its place", true, true },
	[KPI_CLASS_RENAMED] = {
		"a name is gone, another took its place", KPI_BUMP,
		"sources that use it no longer compile, and need the version "
		"to know which to write",
		"use the new name", true, true },
	[KPI_CLASS_SIGNATURE] = {
		"parameters or result differ, of a macro the number of "
		"parameters", KPI_BUMP,
		"calls no longer compile, or pass what is not wanted",
		"change the calls", true, true },
	[KPI_CLASS_STRICTER] = {
		"a call wants more of the locks held or of the page's state, "
		"or sleeps where it did not", KPI_BUMP,
		"sources compile and are wrong when they run: no other sign "
		"warns of it",
		"give each call what it now wants", true, true },
	[KPI_CLASS_RELAXED] = {
		"a call wants less than it did", KPI_NOTE,
		"what is written and what is compiled stay right; who wants "
		"the gain can wait for the next bump",
		"nothing; less would be enough now", true, false },
	[KPI_CLASS_OTHER] = {
		"a call wants more in one respect and less in another, or "
		"something else", KPI_BUMP,
		"sources compile and are wrong when they run: no other sign "
		"warns of it",
		"change the locking around each call", true, true },
	[KPI_CLASS_VALUE] = {
		"a constant, or an object that a header initialises, has "
		"another value", KPI_BUMP,
		"modules hold the old number, and nothing fails to compile or "
		"to load",
		"compile anew; look for places that write the number out",
		true, false },
	[KPI_CLASS_LAYOUT] = {
		"size or alignment of a structure, place or type of a member "
		"differs; a member is gone or new", KPI_BUMP,
		"modules hold the old offsets, and nothing fails to load",
		"compile anew", true, false },
	[KPI_CLASS_KIND] = {
		"macro, inline function, function: one turned into another, "
		"parameters the same", KPI_BUMP,
		"modules hold the old text, or miss a symbol",
		"compile anew", false, false },
	[KPI_CLASS_EXPANSION] = {
		"the text of a macro without a value differs, or the type of "
		"a constant, or the code of an inline function, or the #if "
		"that a name hangs on",
		KPI_BUMP,
		"modules hold the old text", "compile anew", false, false },
	[KPI_CLASS_ADDED] = {
		"a new name", KPI_NOTE,
		"nothing that is written or compiled knows it; a feature that "
		"ports test for may be bumped for by choice",
		"nothing; it can be used from now on", true, false },
};

/*
 * Facts: versions chapter of FreeBSD's Porter's Handbook.  The first bump came
 * with a commit of its own, three days after the change.
 */
static const struct kpi_history history[] = {
	{ "old_vpo_wanted", "rwlock_vpo", KPI_BUMP,
	    "bumped to 1000030 for r248084, by r248210, 2013-03-12" },
	{ "rwlock_vpo", "sxbusy", KPI_BUMP,
	    "bumped to 1000042 by r254138 itself, 2013-08-09" },
};

const struct kpi_rule *
kpi_rule_of(enum kpi_class class)
{
	return (&rules[class]);
}

enum kpi_verdict
kpi_verdict_of(const struct kpi_pair *p)
{
	enum kpi_verdict v = KPI_NOTHING;

	for (unsigned c = 0; c < KPI_CLASSES; c++)
		if (p->pa_count[c] > 0 && rules[c].ru_verdict > v)
			v = rules[c].ru_verdict;
	return (v);
}

char *
kpi_because(const struct kpi_pair *p)
{
	enum kpi_verdict v = kpi_verdict_of(p);
	const char *comma = "";
	char *text = NULL;
	size_t size;
	FILE *f;

	if (p->pa_nchanges == 0)
		return (kpi_text("no change"));
	f = open_memstream(&text, &size);
	if (f == NULL)
		err(1, "kpi: no memory for a text");
	for (unsigned c = 0; c < KPI_CLASSES; c++)
		if (p->pa_count[c] > 0 && rules[c].ru_verdict == v) {
			fprintf(f, "%s%u %s", comma, p->pa_count[c],
			    kpi_class_names[c]);
			comma = ", ";
		}
	if (fclose(f) != 0)
		err(1, "kpi: no memory for a text");
	return (text);
}

const struct kpi_history *
kpi_history_of(const char *old, const char *new)
{
	for (size_t i = 0; i < sizeof(history) / sizeof(history[0]); i++)
		if (strcmp(history[i].hi_old, old) == 0 &&
		    strcmp(history[i].hi_new, new) == 0)
			return (&history[i]);
	return (NULL);
}
