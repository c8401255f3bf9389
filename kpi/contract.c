/*
 * contract.txt: what each call wants of locks, from the contract headers
 * through the preprocessor.  A line is "CONTRACT name OBJECT PAGE SLEEP
 * CHECKED"; vm_contract.h tells what the words mean.
 */
#include <string.h>

#include "store.h"

static const char *const object_words[] = { "NONE", "READ", "WRITE", NULL };
static const char *const page_words[] = { "ANY", "HELD", "FREE", NULL };
static const char *const sleep_words[] = { "NO", "OBJECT", "BOTH", "PAGE",
    "SELF", "WAIT", "LOCKS", NULL };
static const char *const checked_words[] = { "CHECKED", "DOCUMENTED", NULL };

static const char *
one_of(const char *word, const char *const *words, const char *what,
    const struct kpi_place *place)
{
	if (word == NULL)
		kpi_fail(place, "a contract ends before its %s", what);
	for (; *words != NULL; words++)
		if (strcmp(word, *words) == 0)
			return (*words);
	kpi_fail(place, "'%s' is no %s of a contract; see vm_contract.h", word,
	    what);
}

/* A call, or a member that holds a pointer to one: "pgo_getpages". */
static struct kpi_item *
find(struct kpi_surface *su, const char *name)
{
	struct kpi_item *it = kpi_item_find(su, KPI_GROUP_NAME, name);

	for (size_t i = 0; it == NULL && i < su->su_nitems; i++) {
		const char *dot = strrchr(su->su_items[i].ki_name, '.');

		if (dot != NULL && strcmp(dot + 1, name) == 0)
			it = &su->su_items[i];
	}
	return (it);
}

static void
read_line(void *arg, char *text, const struct kpi_place *place)
{
	struct kpi_surface *su = arg;
	const char *name;
	struct kpi_contract c;
	struct kpi_item *it;
	char *rest;

	if (text[strspn(text, " ")] == '\0')
		return;
	name = strtok_r(text, " ", &rest);
	if (strcmp(name, "CONTRACT") != 0)
		kpi_fail(place, "no line of the contract headers; run "
		    "tools/kpi-surface again");
	name = strtok_r(NULL, " ", &rest);
	if (name == NULL)
		kpi_fail(place, "a contract without a name");
	c.kc_object = one_of(strtok_r(NULL, " ", &rest), object_words,
	    "object lock", place);
	c.kc_page = one_of(strtok_r(NULL, " ", &rest), page_words, "page lock",
	    place);
	c.kc_sleep = one_of(strtok_r(NULL, " ", &rest), sleep_words, "sleep",
	    place);
	c.kc_checked = one_of(strtok_r(NULL, " ", &rest), checked_words,
	    "word on its check", place);
	if (strtok_r(NULL, " ", &rest) != NULL)
		kpi_fail(place, "a contract with more than five words");
	it = find(su, name);
	/* A folder that inherits contracts may have taken calls away. */
	if (it == NULL)
		return;
	it->ki_contract = c;
	it->ki_seen |= KPI_SEEN_CONTRACT;
}

bool
kpi_read_contract(struct kpi_surface *su)
{
	return (kpi_lines(su, "contract.txt", read_line, su));
}
