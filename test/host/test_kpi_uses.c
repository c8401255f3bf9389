/*
 * What a comparison is written as, and uses of changed names in sources.
 *
 * Goal: the tables say what kpi.json says; a use is a token that an edit is due
 * for, and nothing in a comment, a string or an adapted call is.  Method: two
 * surfaces made in memory, and sources of a few lines.
 */
#include "kpi_surfaces.h"

#include <stdio.h>

#include "kpi/output.h"
#include "kpi/uses.h"

static json_t *kpi;

/* One change of most classes. */
static void
fill(void)
{
	page_function(&old, "vm_page_wakeup");
	page_function(&new, "vm_page_xunbusy");
	successor("vm_page_wakeup", "vm_page_xunbusy", "a\ttab and a\nline");
	flag(&old, "VM_ALLOC_RETRY", "0x80", 0x80);
	flag(&old, "VPO_NOSYNC", "0x400", 0x400);
	flag(&new, "VPO_NOSYNC", "0x10", 0x10);
	function(&old, "sleepy", "int (vm_page_t m, int a, const char *w)",
	    "int (vm_page_t, int, const char *)", 3);
	function(&new, "sleepy", "int (vm_page_t m, const char *w)",
	    "int (vm_page_t, const char *)", 2);
	contract(page_function(&old, "flash"), "WRITE", "ANY", "NO");
	contract(page_function(&new, "flash"), "NONE", "HELD", "NO");
	contract(page_function(&old, "lax"), "WRITE", "ANY", "NO");
	contract(page_function(&new, "lax"), "READ", "ANY", "NO");
	type(&old, "vm_page", 104);
	type(&new, "vm_page", 104);
	member(&old, "vm_page.busy", 86, 1, "uint8_t");
	member(&old, "vm_page.flags", 88, 2, "uint16_t");
	member(&new, "vm_page.flags", 90, 2, "uint16_t");
}

static int
set_up(void **state)
{
	before(state);
	fill();
	compare();
	kpi = kpi_json_new();
	kpi_json_add(kpi, pair);
	kpi_json_sizes(kpi, &old.su);
	kpi_json_sizes(kpi, &new.su);
	return (0);
}

static int
tear_down(void **state)
{
	json_decref(kpi);
	return (after(state));
}

#undef TEST
#define	TEST(name)	cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* Uses in a text, "line:name:class " each. */
static void
uses_are(const char *text, const char *wanted)
{
	struct kpi_wanteds ws = kpi_wanteds_of(kpi, "a", "b");
	struct kpi_tokens ts = kpi_tokens(text, "text");
	char got[512] = "";

	for (size_t i = 0; i < ts.ts_ntokens; i++) {
		const struct kpi_wanted *w;

		i = kpi_skip_includes(&ts, i);
		if (i == ts.ts_ntokens)
			break;
		w = kpi_use_at(&ws, &ts, i);
		if (w != NULL)
			snprintf(got + strlen(got), sizeof(got) - strlen(got),
			    "%u:%s:%s ", ts.ts_tokens[i].tk_line, w->wa_name,
			    w->wa_class);
	}
	assert_string_equal(got, wanted);
	kpi_tokens_free(&ts);
	free(ws.ws_list);
}

static void
uses(void **state)
{
	(void)state;
	uses_are("f(m);\n\tvm_page_wakeup(m); flash(m);\n",
	    "2:vm_page_wakeup:renamed 2:flash:semantics_other ");
	uses_are("x = VM_ALLOC_RETRY | VPO_NOSYNC;",
	    "1:VM_ALLOC_RETRY:removed ");
	uses_are("fn = vm_page_wakeup;", "1:vm_page_wakeup:renamed ");
	/* Less is asked for; offsets are the compiler's. */
	uses_are("lax(m); m->flags = 0; vm_page_xunbusy(m);", "");
}

static void
no_uses(void **state)
{
	(void)state;
	uses_are("/* vm_page_wakeup(m)\n */ // VM_ALLOC_RETRY\n"
	    "printf(\"vm_page_wakeup\"); 'V';", "");
	uses_are("#include <vm/flash.h>\n # include <flash>\nint a;", "");
	uses_are("vm_page_wakeups(m); my_flash(m); ops->flash(m); a.flash;",
	    "");
}

/* Behind -> and . only, of whatever structure. */
static void
members(void **state)
{
	(void)state;
	uses_are("if (m->busy != 0 || page.busy) busy(m); int busy;",
	    "1:busy:layout 1:busy:layout ");
	/* Whose structure has one of its own is not known to be meant. */
	uses_are("struct softc { int busy; }; x = sc->busy + m->busy;", "");
	uses_are("union { struct { int a, busy[2]; }; } u; x = u.busy[0];", "");
	uses_are("struct softc { int a; }; int busy; x = m->busy;",
	    "1:busy:layout ");
	uses_are("struct page p = { .a = 1 }; void f(struct page *p) { int "
	    "busy; busy = p->busy; }", "1:busy:layout ");
}

static void
arity(void **state)
{
	(void)state;
	uses_are("sleepy(m, TRUE, \"a\");", "1:sleepy:signature ");
	uses_are("sleepy(f(m, 1), \"a, b\");", "");
	uses_are("sleepy(a[i, j], (b, c));", "");
	uses_are("sleepy(m,\n    1, 2) + sleepy(m, 2) + sleepy;",
	    "1:sleepy:signature 2:sleepy:signature ");
}

/* The lines of a table, and how many fields each has. */
static unsigned
count_lines(const char *table, unsigned fields)
{
	unsigned lines = 0, n = 1;

	for (; *table != '\0'; table++) {
		n += *table == '\t';
		if (*table != '\n')
			continue;
		assert_int_equal(n, fields);
		lines++;
		n = 1;
	}
	return (lines);
}

static void
tables(void **state)
{
	char *changes = kpi_changes_table(kpi);
	char *verdicts = kpi_verdicts_table(kpi);
	char *sizes = kpi_sizes_table(kpi);

	(void)state;
	assert_int_equal(count_lines(changes, 12), 1 + pair->pa_nchanges);
	assert_non_null(strstr(changes, "a\tb\trenamed\tfunction\t"
	    "vm_page_wakeup\tvm_page_xunbusy\tvoid (vm_page_t m)\t"
	    "void (vm_page_t m)\tvm/vm_page.h\t7\tctags\ta tab and a line\n"));
	assert_non_null(strstr(changes, "a\tb\tremoved\tmacro\t"
	    "VM_ALLOC_RETRY\t-\t128 (0x80)\t-\tvm/vm_page.h\t7\t"
	    "ctags,defines\t"));
	assert_int_equal(count_lines(verdicts, 16), 2);
	assert_non_null(strstr(verdicts, "a\tb\tbump\t1 removed, 1 renamed, "
	    "1 signature, 1 semantics_other, 1 value, 3 layout\t"
	    "1\t1\t1\t0\t1\t1\t1\t3\t0\t0\t0\t-\n"));
	assert_string_equal(sizes, "implementation\tstructure\tbytes\n"
	    "a\tvm_page\t104\nb\tvm_page\t104\n");
	free(changes);
	free(verdicts);
	free(sizes);
}

static void
json(void **state)
{
	const json_t *p = json_array_get(json_object_get(kpi, "pairs"), 0);

	(void)state;
	assert_string_equal(kpi_json_text(p, "verdict"), "bump");
	assert_int_equal(json_array_size(json_object_get(p, "changes")),
	    pair->pa_nchanges);
	/* Nobody ran it. */
	assert_string_equal(json_string_value(json_array_get(
	    json_object_get(p, "not_compared"), 0)), "abidiff");
	assert_true(json_is_null(json_object_get(p, "freebsd")));
	assert_string_equal(kpi_json_text(p, "freebsd"), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(uses), TEST(no_uses), TEST(members), TEST(arity),
		TEST(tables), TEST(json),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
