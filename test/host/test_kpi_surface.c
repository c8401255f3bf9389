/*
 * Surfaces: names, signatures, layouts and contracts.
 *
 * Goal: what is read of an implementation is what a compiler sees in it.
 * Method: headers written by hand, as ctags, pahole and clang see them; and
 * the implementations themselves, where a program is made and compiled that
 * prints offsetof() and sizeof() of every member the surface has.  Runs in the
 * lab's top folder, after build/kpi.
 */
#include <glob.h>

#include "kpi_folder.h"

#define	COLLECT	"tools/kpi-surface"

static const struct kpi_item *
item(const struct kpi_surface *su, enum kpi_group group, const char *name)
{
	const struct kpi_item *it = kpi_surface_find(su, group, name);

	if (it == NULL)
		fail_msg("%s is no item", name);
	return (it);
}

static const struct {
	const char	*declared, *signature, *types;
	int		 nparams;
} functions[] = {
	{ "void f0(void);", "void (void)", "void (void)", 0 },
	{ "int f1();", "int ()", "int ()", 0 },
	{ "vm_page_t f2(vm_object_t object, vm_pindex_t);",
	    "vm_page_t (vm_object_t object, vm_pindex_t)",
	    "vm_page_t (vm_object_t, vm_pindex_t)", 2 },
	{ "const char *f3(const char *msg, unsigned n);",
	    "const char *(const char *msg, unsigned n)",
	    "const char *(const char *, unsigned)", 2 },
	{ "void f4(struct vm_page **ma, struct vm_page *);",
	    "void (struct vm_page **ma, struct vm_page *)",
	    "void (struct vm_page **, struct vm_page *)", 2 },
	{ "void f5(unsigned long, unsigned long n, const foo_t);",
	    "void (unsigned long, unsigned long n, const foo_t)",
	    "void (unsigned long, unsigned long, const foo_t)", 3 },
	{ "void f6(int (*fn)(void *, int), void *arg);",
	    "void (int (*fn)(void *, int), void *arg)",
	    "void (int (*)(void *, int), void *)", 2 },
	{ "void f7(const char *fmt, ...);", "void (const char *fmt, ...)",
	    "void (const char *, ...)", 2 },
	{ "void f8(vm_page_t ma[], int n[4]);",
	    "void (vm_page_t ma[], int n[4])",
	    "void (vm_page_t *, int *)", 2 },
	{ "static inline bool f9(vm_page_t m)\n{\n\treturn (m != 0);\n}",
	    "bool (vm_page_t m)", "bool (vm_page_t)", 1 },
	{ "extern long f10(vm_page_t)\n    __attribute__((noinline));",
	    "long (vm_page_t)", "long (vm_page_t)", 1 },
};

static void
test_signatures(void **state)
{
	struct kpi_surface *su;
	char text[4096] = "SYSCTL_DECL(_vm);\n", name[8];
	size_t n = sizeof(functions) / sizeof(*functions);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		strcat(text, functions[i].declared);
		strcat(text, "\n");
	}
	put_tagged_header(text);
	su = kpi_surface_read(folder);
	assert_int_equal(su->su_nitems, n);
	for (size_t i = 0; i < n; i++) {
		const struct kpi_item *it;

		snprintf(name, sizeof(name), "f%zu", i);
		it = item(su, KPI_GROUP_NAME, name);
		assert_string_equal(it->ki_signature, functions[i].signature);
		assert_string_equal(it->ki_types, functions[i].types);
		assert_int_equal(it->ki_nparams, functions[i].nparams);
		assert_int_equal(it->ki_kind, i == 9 ? KPI_INLINE :
		    KPI_FUNCTION);
		assert_string_equal(it->ki_header, "vm/a.h");
	}
	assert_int_equal(item(su, KPI_GROUP_NAME, "f2")->ki_line, 4);
	kpi_surface_free(su);
}

/* Every way to put a type in a type, and a compiler's names for none. */
static const char types[] =
    "struct named { int n1; char n2; };\n"
    "enum e { A, B };\n"
    "typedef unsigned short u_short;\n"
    "struct vm {\n"
    "\tunion {\n"
    "\t\tstruct { struct named *next; unsigned long x; } s;\n"
    "\t\tstruct { int y; };\n"
    "\t} plinks;\n"
    "\tu_short a:3;\n\tu_short b:5;\n"
    "\tint (*fn)(int, char);\n\tint (*fa[3])(void);\n"
    "\tstruct named;\n"
    "\tunsigned long arr[4][8];\n"
    "\tenum e en;\n"
    "\tunion { int u1; long u2; };\n"
    "\tvoid *p; struct named *pa[2]; char c9; struct named m; char last[];\n"
    "};\n"
    "extern struct vm one, *two;\n";

static const struct {
	const char	*name;
	unsigned	 offset, size;
} members[] = {
	{ "vm.plinks", 0, 16 }, { "vm.plinks.s", 0, 16 },
	{ "vm.plinks.s.next", 0, 8 }, { "vm.plinks.s.x", 8, 8 },
	{ "vm.plinks.y", 0, 4 }, { "vm.a", 16, 2 }, { "vm.b", 16, 2 },
	{ "vm.fn", 24, 8 }, { "vm.fa", 32, 24 }, { "vm.n1", 56, 4 },
	{ "vm.n2", 60, 1 }, { "vm.arr", 64, 256 }, { "vm.en", 320, 4 },
	{ "vm.u1", 328, 4 }, { "vm.u2", 328, 8 }, { "vm.p", 336, 8 },
	{ "vm.pa", 344, 16 }, { "vm.c9", 360, 1 }, { "vm.m", 364, 8 },
	{ "vm.last", 372, 0 },
};

static void
assert_members(const struct kpi_surface *su)
{
	size_t n = 0;

	for (size_t i = 0; i < su->su_nitems; i++)
		n += su->su_items[i].ki_kind == KPI_MEMBER;
	assert_int_equal(n, sizeof(members) / sizeof(*members));
	for (size_t i = 0; i < n; i++) {
		const struct kpi_item *it = item(su, KPI_GROUP_MEMBER,
		    members[i].name);

		if (it->ki_offset != members[i].offset ||
		    it->ki_size != members[i].size ||
		    it->ki_seen != (KPI_SEEN_CTAGS | KPI_SEEN_LAYOUT))
			fail_msg("%s at %u of size %u, seen %#x", it->ki_name,
			    it->ki_offset, it->ki_size, it->ki_seen);
	}
	/* Padding of n2, behind en, c9: what is at the end is none. */
	assert_int_equal(item(su, KPI_GROUP_TYPE, "vm")->ki_size, 376);
	assert_int_equal(item(su, KPI_GROUP_TYPE, "vm")->ki_holes,
	    6 + 3 + 4 + 3);
	assert_null(kpi_surface_find(su, KPI_GROUP_TYPE, "named"));
	assert_string_equal(kpi_whole_of(su, "named"), "vm");
	assert_null(kpi_surface_find(su, KPI_GROUP_MEMBER, "named.n1"));
}

static void
test_pahole(void **state)
{
	struct kpi_surface *su;

	(void)state;
	put_tagged_header(types);
	assert_int_equal(run("cc -g -fms-extensions -include \"$T/a.h\" -x c "
	    "-c -o \"$T/a.o\" - <<E\nstruct vm one;\nE\n"
	    "pahole \"$T/a.o\" >\"$T/layout.txt\""), 0);
	su = kpi_surface_read(folder);
	assert_members(su);
	assert_int_equal(item(su, KPI_GROUP_NAME, "two")->ki_kind,
	    KPI_VARIABLE);
	assert_string_equal(item(su, KPI_GROUP_MEMBER, "vm.n1")->ki_type,
	    "int");
	assert_int_equal(su->su_missing, KPI_SEEN_CONTRACT |
	    KPI_SEEN_ABIDIFF);
	kpi_surface_free(su);
}

static void
test_clang(void **state)
{
	struct kpi_surface *su;

	(void)state;
	put_tagged_header(types);
	assert_int_equal(run("clang -fms-extensions -w -x c -fsyntax-only "
	    "-Xclang -fdump-record-layouts-complete -Xclang "
	    "-fdump-record-layouts-canonical \"$T/a.h\" >\"$T/layout.txt\""),
	    0);
	su = kpi_surface_read(folder);
	assert_members(su);
	kpi_surface_free(su);
}

static void
test_contract_and_successors(void **state)
{
	const struct kpi_item *it;
	struct kpi_surface *su;

	(void)state;
	put_tagged_header("void f(void);\n#define M(m) (m)\n"
	    "struct ops { int (*pgo_get)(void); };\n");
	put("contract.txt", "CONTRACT f NONE HELD PAGE CHECKED\n\n"
	    "CONTRACT M WRITE ANY NO DOCUMENTED\n"
	    "CONTRACT pgo_get READ FREE BOTH CHECKED\n"
	    "CONTRACT of_a_base NONE ANY NO CHECKED\n");
	put("successors", "# old, new, advice\n"
	    "g\tf\tCall f instead.\tother\n\nh\t-\tNothing took its place.\n");
	su = kpi_surface_read(folder);
	it = item(su, KPI_GROUP_NAME, "f");
	assert_string_equal(it->ki_contract.kc_object, "NONE");
	assert_string_equal(it->ki_contract.kc_page, "HELD");
	assert_string_equal(it->ki_contract.kc_sleep, "PAGE");
	assert_string_equal(it->ki_contract.kc_checked, "CHECKED");
	assert_int_equal(it->ki_seen, KPI_SEEN_CTAGS | KPI_SEEN_CONTRACT);
	assert_string_equal(item(su, KPI_GROUP_NAME,
	    "M")->ki_contract.kc_object, "WRITE");
	assert_string_equal(item(su, KPI_GROUP_MEMBER,
	    "ops.pgo_get")->ki_contract.kc_sleep, "BOTH");
	assert_int_equal(su->su_nsuccessors, 2);
	assert_string_equal(su->su_successors[0].ks_by, "f");
	assert_string_equal(su->su_successors[0].ks_wants, "other");
	assert_null(su->su_successors[1].ks_wants);
	assert_string_equal(su->su_successors[1].ks_advice,
	    "Nothing took its place.");
	kpi_surface_free(su);
}

/* All headers of the VM, but the rows of contracts, which are no C. */
static void
include_headers(FILE *c)
{
	glob_t found;

	assert_int_equal(glob("sys/vm/*.h", 0, NULL, &found), 0);
	fputs("#include <stdio.h>\n#include <vm/vm_verbs.h>\n", c);
	for (size_t i = 0; i < found.gl_pathc; i++)
		if (strstr(found.gl_pathv[i], "_contract.h") == NULL)
			fprintf(c, "#include <%s>\n",
			    found.gl_pathv[i] + strlen("sys/"));
	globfree(&found);
}

/* offsetof() and sizeof() of every member, from a compiler. */
static void
compile_offsets(const struct kpi_surface *su, const char *include)
{
	char command[1024], source[256];
	FILE *c;

	snprintf(source, sizeof(source), "%s/offsets.c", folder);
	c = fopen(source, "w");
	assert_non_null(c);
	include_headers(c);
	fputs("#define M(s, m) printf(\"%s.%s %zu %zu\\n\", #s, #m, \\\n"
	    "    offsetof(struct s, m), sizeof(((struct s *)0)->m))\n"
	    "int main(void) {\n", c);
	for (size_t i = 0; i < su->su_nitems; i++) {
		const struct kpi_item *it = &su->su_items[i];
		const char *dot = strchr(it->ki_name, '.');

		if (it->ki_kind == KPI_MEMBER)
			fprintf(c, "M(%.*s, %s);\n", (int)(dot - it->ki_name),
			    it->ki_name, dot + 1);
	}
	fputs("return (0); }\n", c);
	assert_int_equal(fclose(c), 0);
	snprintf(command, sizeof(command), "cc -std=gnu11 -w -fms-extensions "
	    "%s -Imachine/native -Isys -I. -o \"$T/offsets\" "
	    "-Wl,--unresolved-symbols=ignore-all \"$T/offsets.c\" 2>&1",
	    include);
	if (run(command) != 0)
		fail_msg("%s", output);
}

static void
assert_offsets(const struct kpi_surface *su, const char *include)
{
	unsigned n = 0, offset, size;
	char name[128];

	compile_offsets(su, include);
	assert_int_equal(run("\"$T/offsets\""), 0);
	for (char *rest = output, *line; (line = strsep(&rest, "\n")) != NULL &&
	    *line != '\0'; n++) {
		const struct kpi_item *it;

		assert_int_equal(sscanf(line, "%127s %u %u", name, &offset,
		    &size), 3);
		it = item(su, KPI_GROUP_MEMBER, name);
		if (it->ki_offset != offset || it->ki_size != size)
			fail_msg("%s at %u of size %u, not %u of %u", name,
			    it->ki_offset, it->ki_size, offset, size);
	}
	assert_true(n > 120);
}

static const struct {
	const char	*name, *include, *busy;
	int64_t		 nosync;
} impls[] = {
	{ "old_vpo_wanted", "-Iimpl/old_vpo_wanted", "vm_page.busy", 0x400 },
	{ "rwlock_vpo", "-Iimpl/rwlock_vpo -Iimpl/old_vpo_wanted",
	    "vm_page.busy", 0x400 },
	{ "sxbusy", "-Iimpl/sxbusy", "vm_page.busy_lock", 0x10 },
	{ "sxbusy_rlock", "-Iimpl/sxbusy_rlock -Iimpl/sxbusy",
	    "vm_page.busy_lock", 0x10 },
};

static void
test_implementations(void **state)
{
	char command[512], dir[256];

	(void)state;
	for (size_t i = 0; i < sizeof(impls) / sizeof(*impls); i++) {
		struct kpi_surface *su;

		snprintf(command, sizeof(command), COLLECT " impl/%s "
		    "\"$T/%s/\" 2>&1", impls[i].name, impls[i].name);
		if (run(command) != 0)
			fail_msg("%s", output);
		snprintf(dir, sizeof(dir), "%s/%s/", folder, impls[i].name);
		su = kpi_surface_read(dir);
		assert_string_equal(su->su_name, impls[i].name);
		assert_int_equal(su->su_missing, 0);
		assert_int_equal(item(su, KPI_GROUP_NAME,
		    "VPO_NOSYNC")->ki_value, impls[i].nosync);
		assert_non_null(item(su, KPI_GROUP_MEMBER, impls[i].busy));
		assert_null(kpi_surface_find(su, KPI_GROUP_TYPE,
		    "vm_page_busy"));
		/* Of verbs and contracts nothing. */
		assert_null(kpi_surface_find(su, KPI_GROUP_NAME, "pv_grab"));
		assert_offsets(su, impls[i].include);
		for (size_t j = 1; j < su->su_nitems; j++)
			assert_true(kpi_item_compare(&su->su_items[j - 1],
			    &su->su_items[j]) < 0);
		kpi_surface_free(su);
	}
}

/* A folder that is elsewhere and has but a base is what the base is. */
static void
test_inherited(void **state)
{
	(void)state;
	assert_int_equal(run("mkdir \"$T/mine\" &&"
	    " echo sxbusy >\"$T/mine/base\" &&"
	    " " COLLECT " \"$T/mine\" \"$T/s/mine\" &&"
	    " " COLLECT " impl/sxbusy \"$T/s/sxbusy\" &&"
	    " build/kpi surface \"$T/s/mine\" >\"$T/1\" &&"
	    " build/kpi surface \"$T/s/sxbusy\" >\"$T/2\" &&"
	    " cmp \"$T/1\" \"$T/2\" && grep -c . \"$T/1\" &&"
	    " rm -r build/native-kpi/\"$T\""), 0);
	assert_true(atoi(output) > 400);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_signatures),
		cmocka_unit_test(test_pahole),
		cmocka_unit_test(test_clang),
		cmocka_unit_test(test_contract_and_successors),
		cmocka_unit_test(test_implementations),
		cmocka_unit_test(test_inherited),
	};

	return (cmocka_run_group_tests(tests, make_folder, remove_folder));
}
