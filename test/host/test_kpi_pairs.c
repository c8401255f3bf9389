/*
 * Pairs of headers, and what is said to differ between them.
 *
 * Goal: a change that a consumer notices is reported under its class, and what
 * C takes to be the same is not.  Method: a header written twice, read by ctags
 * and compared; of structures pahole's words are written by hand.
 */
#include "kpi_folder.h"

#include "kpi/compare.h"

#define	IF(c, a)	"#ifdef " c "\n" a "\n#endif\n"
#define	EITHER(c, a, b)	"#ifdef " c "\n" a "\n#else\n" b "\n#endif\n"

static const struct {
	const char	*old, *new;
	const char	*differs;	/* "class name, .." */
} pairs[] = {
	/* What a name hangs on. */
	{ EITHER("INVARIANTS", "#define F 1", "#define F 2"),
	    EITHER("INVARIANTS", "#define F 2", "#define F 1"),
	    "expansion F" },
	{ EITHER("A", "#define F 1", "#define F 2"),
	    EITHER("B", "#define F 1", "#define F 2"), "expansion F" },
	{ "#define F 1\n", IF("A", "#define F 1"), "expansion F" },
	{ IF("A", "#define F(x) x"), IF("B", "#define F(x) x"),
	    "expansion F" },
	{ "#if A > 1\n#define F 1\n#endif\n",
	    "#if A > 2\n#define F 1\n#endif\n", "expansion F" },
	{ "#if 0\n#elif defined(A)\n#define F 1\n#endif\n",
	    "#if defined (A) /* x */\n#define F 1\n#endif\n", "" },
	{ "#if !defined A\n#else\n#define F 1\n#endif\n",
	    IF("A", "#define F 1"), "" },
	{ "#ifndef F\n#define F 1\n#endif\n", "#define F 1\n", "" },
	{ "#ifndef A_H\n#define A_H\n#define F 1\n#endif\n",
	    "#if !defined(B_H)\n#define B_H\n#define F 1\n#endif\n", "" },
	{ "#ifndef A_H\n#define A_H\nint f(int);\n#endif\n",
	    "#pragma once\nint f(int);\n", "" },
	{ "int f(int);\n", IF("A", "int f(int);"), "expansion f" },
	{ "int f(int);\n", "#ifndef _KERNEL\nint f(int);\n#endif\n",
	    "removed f" },
	{ "int f(int);\n", IF("_KERNEL", "int f(int);"), "" },
	{ EITHER("A", "int f(int);", "int f(int, int);"),
	    EITHER("A", "int f(int);", "int f(int, long);"), "signature f" },
	{ EITHER("A", "int f(int);", "#define f(a) 0"),
	    EITHER("A", "int f(long);", "#define f(a) 0"), "signature f" },
	{ "struct s {\n" IF("A", "int a;") "int b; };\n",
	    "struct s {\n" IF("B", "int a;") "int b; };\n",
	    "layout s, layout s.a" },
	{ EITHER("A", "static inline int f(int a) { return (1); }",
	    "static inline int f(int a) { return (2); }"),
	    EITHER("A", "static inline int f(int a) { return (1); }",
	    "static inline int f(int a) { return (3); }"), "expansion f" },
	/* Two ways to write a type. */
	{ "int f(unsigned a, long int b, char const *c);\n",
	    "int f(unsigned int a, long b, const char *c);\n", "" },
	{ "int f(const int a, char *const b);\n", "int f(int a, char *b);\n",
	    "" },
	{ "int f(int (*cb)(int a, char *b));\n",
	    "int f(int (*g)(int c, char *));\n", "" },
	{ "int f(int a[4][2]);\n", "int f(int (*a)[2]);\n", "" },
	{ "struct s { int (*f)(int a); unsigned b; };\n",
	    "struct s { int (*f)(int c); unsigned int b; };\n", "" },
	{ "typedef int (*t)(int a);\n", "typedef int (*t)(int b);\n", "" },
	{ "#define N 4\nstruct s { int a[N]; };\n",
	    "#define N 4\nstruct s { int a[4]; };\n", "" },
	{ "typedef struct p *p_t;\nint f(p_t a, const p_t *b);\n",
	    "typedef struct p *p_t;\nint f(struct p *a, "
	    "struct p *const *b);\n", "" },
	{ "typedef struct p *p_t;\nstruct s { p_t a; };\n",
	    "typedef struct p *p_t;\nstruct s { struct p *a; };\n", "" },
	{ "typedef unsigned a_t;\ntypedef a_t b_t;\nint f(const b_t *a);\n",
	    "typedef unsigned a_t;\ntypedef a_t b_t;\n"
	    "int f(unsigned const *a);\n", "" },
	{ "typedef int (*cb_t)(int);\nint f(cb_t);\n",
	    "typedef int (*cb_t)(int);\nint f(int (*)(int));\n", "" },
	{ "bool f(bool a);\n", "_Bool f(_Bool a);\n", "" },
	{ "int f(u_long a);\nstruct s { uint8_t a; };\n",
	    "int f(uint64_t a);\nstruct s { unsigned char a; };\n", "" },
	{ "int f(uint8_t a);\n", "int f(int8_t a);\n", "signature f" },
	{ "typedef int u_int;\nint f(u_int a);\n",
	    "typedef int u_int;\nint f(unsigned a);\n", "signature f" },
	{ "struct s { bool a; };\n", "struct s { _Bool a; };\n", "" },
	/* And two types. */
	{ "typedef struct p *p_t;\nint f(const p_t a[]);\n",
	    "typedef struct p *p_t;\nint f(const struct p *a[]);\n",
	    "signature f" },
	{ "typedef struct p *p_t;\nint f(p_t a);\n",
	    "typedef struct p *p_t;\nint f(struct q *a);\n", "signature f" },
	{ "typedef struct p *p_t;\nint f(p_t a);\n",
	    "typedef struct q *p_t;\nint f(p_t a);\n", "layout p_t" },
	{ "typedef struct p *p_t;\nint f(p_t a, unsigned b);\n",
	    "typedef struct q *p_t;\nint f(p_t a, unsigned int b);\n",
	    "layout p_t" },
	{ "int f(char *a);\n", "int f(const char *a);\n", "signature f" },
	{ "int f(const foo_t a[]);\n", "int f(foo_t a[]);\n", "signature f" },
	{ "int f(char a);\n", "int f(signed char a);\n", "signature f" },
	{ "int f(long long a);\n", "int f(long a);\n", "signature f" },
	{ "int f(unsigned short int);\n", "int f(short);\n", "signature f" },
	{ "int f(struct a *);\n", "int f(union a *);\n", "signature f" },
	{ "int f(int (*)(int));\n", "int f(int (*)(long));\n",
	    "signature f" },
	{ "int f(int a[4][2]);\n", "int f(int a[4][3]);\n", "signature f" },
	{ "struct s { int a[2][3]; };\n", "struct s { int a[3][2]; };\n",
	    "layout s, layout s.a" },
	{ "struct s { unsigned a:3; };\n", "struct s { unsigned a:4; };\n",
	    "layout s, layout s.a" },
	{ "typedef int t(int);\n", "typedef int t(long);\n", "layout t" },
	{ "struct s { int a; };\n", "union s { int a; };\n", "layout s" },
	{ "typedef struct { int a; } t;\n", "typedef union { int a; } t;\n",
	    "layout t" },
	{ "enum e { A };\n", "typedef int e;\nenum { A };\n", "layout e" },
	/* Constants: the same value in another type, or in none. */
	{ "#define F 4095\n", "#define F 4095u\n", "expansion F" },
	{ "#define F 1\n", "#define F 1L\n", "expansion F" },
	{ "#define F 0x10\n", "#define F (1 << 4)\n", "" },
	{ "#define F 1\n", "#define F 2u\n", "value F" },
	{ "enum { A = sizeof(int), B };\n", "enum { A = sizeof(long), B };\n",
	    "expansion A" },
	{ "enum { A = X, B };\n", "enum { A = Y, B = A + 1 };\n",
	    "expansion A" },
	{ "enum { A = X, B };\n", "enum { A = 4, B };\n",
	    "value A, value B" },
	/* Objects that a header defines. */
	{ "static const int x = 4;\n", "static const int x = 2 * 2;\n", "" },
	{ "static const int x = 4;\n", "static const int x = 5;\n",
	    "value x" },
	{ "static const int x __unused = 4;\n",
	    "static const int x __unused = 5;\n", "value x" },
	{ "static const char *const x[] = { \"a\", \"b\" }, y;\n",
	    "static const char *const x[] = { \"a\", \"c\" }, y;\n",
	    "value x" },
	{ "static const int x = 4;\n", "static const long x = 4;\n",
	    "layout x" },
	{ "static inline int f(void) { int a = 1; return (a); }\n"
	    "struct s { int a; };\nstatic const int x = 4;\n",
	    "static inline int f(void) { int a = 1; return (a); }\n"
	    "struct s { int a; };\n", "removed x" },
	/* More arguments than are named. */
	{ "#define F(a, b) g(a)\n", "#define F(a, ...) g(a)\n",
	    "signature F" },
	{ "#define F(a, ...) g(a)\n", "#define F(b, ...) g(b)\n", "" },
	/* Enumerators, however the type is written. */
	{ "enum __attribute__((packed)) e { A, B };\n",
	    "enum __attribute__((packed)) e { B, A };\n",
	    "value A, value B" },
	{ "enum e : uint8_t { A, B };\n", "enum e : uint8_t { A = 1, B };\n",
	    "value A, value B" },
	{ "enum e { A __attribute__((deprecated)) = 3, B };\n",
	    "enum e { A __attribute__((deprecated)) = 4, B };\n",
	    "value A, value B" },
	{ "enum { A = 0x100000000, B };\n", "enum { A = 0x200000000, B };\n",
	    "value A, value B" },
};

static struct kpi_surface *
read_text(const char *name, const char *text)
{
	char headers[256];

	snprintf(headers, sizeof(headers), "vm/a.h\t%s/%s\n", folder, name);
	put("headers", headers);
	put(name, text);
	setenv("H", name, 1);
	assert_int_equal(run("rm -f \"$T/tags.json\" &&"
	    " ctags --quiet=yes --options=NONE "
	    "--options=kpi/kpi.ctags -f \"$T/tags.json\" \"$T/$H\""), 0);
	return (kpi_surface_read(folder));
}

static void
test_pairs(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		struct kpi_surface *old = read_text("old.h", pairs[i].old);
		struct kpi_surface *new = read_text("new.h", pairs[i].new);
		struct kpi_pair *p = kpi_compare(old, new);
		char text[256] = "";

		for (size_t j = 0; j < p->pa_nchanges; j++) {
			if (p->pa_changes[j].ch_seen_by == 0)
				fail_msg("who sees %s is not said, of\n%s",
				    p->pa_changes[j].ch_name, pairs[i].new);
			snprintf(text + strlen(text), sizeof(text) -
			    strlen(text), "%s%s %s", j == 0 ? "" : ", ",
			    kpi_class_names[p->pa_changes[j].ch_class],
			    p->pa_changes[j].ch_name);
		}
		if (strcmp(text, pairs[i].differs) != 0)
			fail_msg("\"%s\", not \"%s\", between\n%sand\n%s",
			    text, pairs[i].differs, pairs[i].old,
			    pairs[i].new);
		kpi_pair_free(p);
		kpi_surface_free(old);
		kpi_surface_free(new);
	}
}

/* What it hangs on is said, and what to do about it. */
static void
test_when(void **state)
{
	struct kpi_surface *old = read_text("old.h", "#define F 1\n"
	    "enum { BIG = 0x80000000, MORE };\n");
	struct kpi_surface *new = read_text("new.h", "#if defined A || B\n"
	    "#ifndef C\n#elif D\n#define F 1\n#endif\n#endif\n");
	struct kpi_pair *p = kpi_compare(old, new);
	const struct kpi_item *more = kpi_surface_find(old, KPI_GROUP_NAME,
	    "MORE");

	(void)state;
	assert_int_equal(p->pa_nchanges, 3);
	assert_string_equal(p->pa_changes[2].ch_before, "1 (0x1)");
	assert_string_equal(p->pa_changes[2].ch_after,
	    "1 (0x1) if (defined(A) || B) && defined(C) && D");
	assert_non_null(strstr(p->pa_changes[2].ch_must, "where it is there"));
	assert_non_null(more);
	assert_int_equal(more->ki_value, 0x80000001);
	kpi_pair_free(p);
	kpi_surface_free(old);
	kpi_surface_free(new);
}

/* Bit fields that change places, and a union, of which pahole says no size. */
static void
test_bits(void **state)
{
	static const char text[] = "struct s {\n\tunsigned a:3;\n"
	    "\tunsigned b:3;\n};\nunion u { int c; };\n";
	static const char layout[] = "struct s {\n"
	    "\tunsigned int a:3; /* 0: %d 4 */\n"
	    "\tunsigned int b:3; /* 0: %d 4 */\n"
	    "\t/* size: 4, cachelines: 1, members: 2 */\n};\n"
	    "union u {\n\tint c; /* 0 %d */\n};\n";
	struct kpi_surface *old, *new;
	struct kpi_pair *p;
	char lines[512];

	(void)state;
	snprintf(lines, sizeof(lines), layout, 0, 3, 4);
	put("layout.txt", lines);
	old = read_text("old.h", text);
	snprintf(lines, sizeof(lines), layout, 3, 0, 8);
	put("layout.txt", lines);
	new = read_text("new.h", text);
	p = kpi_compare(old, new);
	assert_int_equal(p->pa_count[KPI_CLASS_LAYOUT], 5);
	assert_int_equal(p->pa_nchanges, 5);
	assert_string_equal(p->pa_changes[1].ch_name, "u");
	assert_string_equal(p->pa_changes[1].ch_before, "size not known");
	assert_string_equal(p->pa_changes[2].ch_after,
	    "offset 0 bit 3, 4 bytes, line 0, unsigned:3");
	kpi_pair_free(p);
	kpi_surface_free(old);
	kpi_surface_free(new);
	assert_int_equal(run("rm \"$T/layout.txt\""), 0);
}

/*
 * Attributes move members and ask for places: ctags drops them, and what reads
 * layouts does not.  Text of each tool, as it writes it.
 */
static void
test_attributes(void **state)
{
	static const char text[] = "struct s { char a; int b; };\n"
	    "struct t { int a; };\n";
	static const char *const layouts[][2] = {
		{ "struct s {\n\tchar a; /* 0 1 */\n\tint b; /* 4 4 */\n"
		    "\t/* size: 8, cachelines: 1, members: 2 */\n};\n"
		    "struct t {\n\tint a; /* 0 4 */\n"
		    "\t/* size: 16, cachelines: 1, members: 1 */\n};\n",
		    "struct s {\n\tchar a; /* 0 1 */\n\tint b; /* 1 4 */\n"
		    "\t/* size: 5, cachelines: 1, members: 2 */\n}"
		    " __attribute__((__packed__));\n"
		    "struct t {\n\tint a; /* 0 4 */\n"
		    "\t/* size: 16, cachelines: 1, members: 1 */\n}"
		    " __attribute__((__aligned__(16)));\n" },
		{ "*** Dumping AST Record Layout\n"
		    "         0 | struct s\n         0 |   char a\n"
		    "         4 |   int b\n           | [sizeof=8, align=4]\n"
		    "*** Dumping AST Record Layout\n"
		    "         0 | struct t\n         0 |   int a\n"
		    "           | [sizeof=16, align=4]\n",
		    "*** Dumping AST Record Layout\n"
		    "         0 | struct s\n         0 |   char a\n"
		    "         1 |   int b\n           | [sizeof=5, align=1]\n"
		    "*** Dumping AST Record Layout\n"
		    "         0 | struct t\n         0 |   int a\n"
		    "           | [sizeof=16, align=16]\n" },
	};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct kpi_surface *old, *new;
		struct kpi_pair *p;

		put("layout.txt", layouts[i][0]);
		old = read_text("old.h", text);
		put("layout.txt", layouts[i][1]);
		new = read_text("new.h", text);
		p = kpi_compare(old, new);
		assert_int_equal(p->pa_nchanges, 3);
		assert_int_equal(p->pa_count[KPI_CLASS_LAYOUT], 3);
		assert_string_equal(p->pa_changes[0].ch_name, "s");
		assert_string_equal(p->pa_changes[1].ch_name, "t");
		assert_string_equal(p->pa_changes[1].ch_after,
		    "16 bytes, 1 line, aligned to 16");
		assert_string_equal(p->pa_changes[2].ch_name, "s.b");
		kpi_pair_free(p);
		kpi_surface_free(old);
		kpi_surface_free(new);
	}
	assert_int_equal(run("rm \"$T/layout.txt\""), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pairs),
		cmocka_unit_test(test_when),
		cmocka_unit_test(test_bits),
		cmocka_unit_test(test_attributes),
	};

	return (cmocka_run_group_tests(tests, make_folder, remove_folder));
}
