/*
 * Macros, enumerators and their values.
 *
 * Goal: what a compiler makes of a macro is what the reader says, and where it
 * would have to guess it says nothing.  Method: headers written by hand; every
 * expression is compiled into this program too, so that the compiler's value
 * is what is compared with.
 */
#include "kpi_folder.h"

/* One header's surface, to be freed. */
static struct kpi_surface *
read_header(const char *text)
{
	put_header(text);
	return (kpi_surface_read(folder));
}

static const struct kpi_item *
item(const struct kpi_surface *su, const char *name)
{
	return (kpi_surface_find(su, KPI_GROUP_NAME, name));
}

static void
assert_body(const struct kpi_surface *su, const char *name, const char *body)
{
	const struct kpi_item *it = item(su, name);

	if (it == NULL)
		fail_msg("%s is no item", name);
	assert_int_equal(it->ki_kind, KPI_MACRO);
	assert_string_equal(it->ki_body, body);
}

/* The text, and what the compiler says of it; warnings are of no use here. */
#pragma GCC diagnostic ignored "-Wparentheses"
#pragma GCC diagnostic ignored "-Wsign-compare"
#pragma GCC diagnostic ignored "-Woverflow"
#pragma GCC diagnostic ignored "-Wtype-limits"
#pragma GCC diagnostic ignored "-Wbool-compare"
#define	C(...)	{ #__VA_ARGS__, (int64_t)(__VA_ARGS__) }

typedef unsigned short u_short;
typedef unsigned int u_int;
typedef uint64_t pindex;
#define	SHIFT		3
#define	WORD(x)		((unsigned)(x) << SHIFT | 1)
#define	TWICE(x)	((x) + (x))
#define	PICK(a, b)	((a) ? (b) : 0)

static const char macros[] =
    "typedef uint64_t pindex;\n"
    "#define SHIFT 3\n"
    "#define WORD(x) ((unsigned)(x) << SHIFT | 1)\n"
    "#define TWICE(x) ((x) + (x))\n"
    "#define PICK(a, b) ((a) ? (b) : 0)\n";

static const struct {
	const char	*text;
	int64_t		 value;
} constants[] = {
	C(0x0400), C(010), C(10u), C(0xffffffff), C(4294967295), C(~0), C(~0u),
	C(0x000ffffffffff000ULL), C(0xffffffffffffffff), C(1ul << 63),
	C(-1), C(- -1), C(!0), C(!7), C(+5), C('a'), C('\n'), C('\\'),
	C('\0'), C('\x1f'), C('\177'), C('\377'),
	C(1 + 2 * 3), C((1 + 2) * 3), C(7 / 2), C(-7 / 2), C(-7 % 3), C(7 % 3),
	C(1 << 4 | 1), C(6 & 3 ^ 1), C(1 | 6 & 4), C(0x10 >> 2), C(-16 >> 2),
	C(-1 < 0u), C(-1 < 0), C(-1 < 0ul), C(-1l < 0u), C(3 > 2 == 1),
	C(1 <= 1), C(2 >= 3), C(1 != 2), C(0 || 2), C(3 && 0), C(1 && 2),
	C(0 ? 1 : 2), C(1 ? 0 ? 3 : 4 : 5), C(1 ? -1 : 0u), C(0 ? 1 : -1l),
	C(2147483648), C(0x7fffffff + 0u), C(0xffffffffu + 1),
	C((unsigned char)0x1ff), C((signed char)0xff), C((u_short)-1),
	C((u_int)-1), C((uint16_t)~0), C((int64_t)-1), C((unsigned long)-1),
	C((const unsigned)1), C((bool)4), C((long)1 << 40), C((uint8_t)256),
	C(WORD(0)), C(WORD(2)), C(TWICE(TWICE(1))), C(WORD(TWICE(1))),
	C(PICK(1, 9)), C(PICK(TWICE(0), 1)), C((pindex)-1 >> 60),
};

/* No value, though a compiler may have one: none is better than a wrong one. */
static const char *const no_constants[] = {
	"", "x", "f(1)", "sizeof(int)", "\"1\"", "1.0", "1e3", "0x1p3", "1f",
	"L'a'", "'ab'", "''", "1 +", "(1", "1)", "1 2", "1, 2", "a = 1",
	"1 / 0", "1 % 0", "1 << 32", "1 << -1", "1ul << 64", "WORD", "WORD()",
	"WORD(1, 2)", "PICK(1)", "#", "1 ## 2", "(void *)0", "(struct a)1",
	"&x", "*x", "0x", "08", "0xg", "99999999999999999999", "1uu", "1lll",
	"(-9223372036854775807l - 1) / -1", "{ 1 }", "do { } while (0)",
};

static void
test_values(void **state)
{
	struct kpi_surface *su;
	char text[8192];
	size_t len;

	(void)state;
	len = (size_t)snprintf(text, sizeof(text), "%s", macros);
	for (size_t i = 0; i < sizeof(constants) / sizeof(*constants); i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len,
		    "#define V%zu %s\n", i, constants[i].text);
	assert_true(len < sizeof(text));
	put_tagged_header(text);
	su = kpi_surface_read(folder);
	for (size_t i = 0; i < sizeof(constants) / sizeof(*constants); i++) {
		const struct kpi_item *it;
		char name[16];

		snprintf(name, sizeof(name), "V%zu", i);
		it = item(su, name);
		if (!it->ki_has_value || it->ki_value != constants[i].value)
			fail_msg("%s: %s %jd, not %jd", constants[i].text,
			    it->ki_has_value ? "" : "none",
			    (intmax_t)it->ki_value,
			    (intmax_t)constants[i].value);
	}
	kpi_surface_free(su);
}

static void
test_no_values(void **state)
{
	struct kpi_surface *su;
	char text[512];

	(void)state;
	for (size_t i = 0; i < sizeof(no_constants) / sizeof(*no_constants);
	    i++) {
		snprintf(text, sizeof(text), "%s#define V %s\n", macros,
		    no_constants[i]);
		su = read_header(text);
		if (item(su, "V")->ki_has_value)
			fail_msg("'%s' has the value %jd", no_constants[i],
			    (intmax_t)item(su, "V")->ki_value);
		kpi_surface_free(su);
	}
}

/* A macro within itself, two within each other, and one that doubles. */
static void
test_recursion(void **state)
{
	struct kpi_surface *su;
	char text[4096] = "#define SELF (SELF + 1)\n#define A B\n"
	    "#define B (A)\n#define F(x) F(x)\n#define G F(1)\n#define D0 1\n";
	size_t len = strlen(text);

	(void)state;
	for (unsigned i = 1; i < 64; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len,
		    "#define D%u (D%u + D%u)\n", i, i - 1, i - 1);
	su = read_header(text);
	assert_false(item(su, "SELF")->ki_has_value);
	assert_false(item(su, "A")->ki_has_value);
	assert_false(item(su, "B")->ki_has_value);
	assert_false(item(su, "G")->ki_has_value);
	assert_int_equal(item(su, "D8")->ki_value, 256);
	assert_false(item(su, "D63")->ki_has_value);
	kpi_surface_free(su);
}

static void
test_bodies(void **state)
{
	struct kpi_surface *su;

	(void)state;
	su = read_header(
	    "#define PLAIN   a  +\tb   /* a remark */\n"
	    "#define EMPTY\n"
	    "#define LONG(m, how)\t\t\\\n"
	    "\tmtx_lock(&(m)->mtx,\t/* two\n lines */ (how)) // end\n"
	    "#define NOT_ONE (m)\n"
	    "#define TEXT \"#define INSIDE 1 /* no remark */\"\n"
	    "#define QUOTE '\"' // \"\n"
	    " # \tdefine SPACED 1\n"
	    "#define VAR(fmt, ...) printf(fmt, __VA_ARGS__)\n"
	    "#define NONE() 1\n"
	    "/* #define REMARK 1 */\n"
	    "// #define SLASHED 1 \\\n#define CONTINUED 1\n"
	    "const char *s = \"\\\"\\n#define INSIDE 1\";\n"
	    "#define LAST 1");
	assert_body(su, "PLAIN", "a + b");
	assert_body(su, "EMPTY", "");
	assert_int_equal(item(su, "EMPTY")->ki_nparams, -1);
	assert_body(su, "LONG", "mtx_lock(&(m)->mtx, (how))");
	assert_string_equal(item(su, "LONG")->ki_signature, "(m, how)");
	assert_int_equal(item(su, "LONG")->ki_nparams, 2);
	assert_int_equal(item(su, "LONG")->ki_line, 3);
	assert_body(su, "NOT_ONE", "(m)");
	assert_null(item(su, "NOT_ONE")->ki_signature);
	assert_body(su, "TEXT", "\"#define INSIDE 1 /* no remark */\"");
	assert_body(su, "QUOTE", "'\"'");
	assert_body(su, "SPACED", "1");
	assert_string_equal(item(su, "VAR")->ki_signature, "(fmt, ...)");
	assert_int_equal(item(su, "NONE")->ki_nparams, 0);
	assert_body(su, "LAST", "1");
	assert_null(item(su, "INSIDE"));
	assert_null(item(su, "REMARK"));
	assert_null(item(su, "SLASHED"));
	assert_null(item(su, "CONTINUED"));
	assert_int_equal(item(su, "s")->ki_kind, KPI_VARIABLE);
	assert_int_equal(su->su_nitems, 11);
	kpi_surface_free(su);
}

static void
test_conditionals(void **state)
{
	struct kpi_surface *su;

	(void)state;
	su = read_header(
	    "/* head */\n#ifndef GUARD_H\n#define GUARD_H\n"
	    "#if 0\n#define DEAD 1\nit isn't C\n#else\n#define LIVE 1\n"
	    "#endif\n"
	    "#ifdef _KERNEL\n#define KERNEL 1\n#else\n#define USER 1\n"
	    "#endif\n"
	    "#if defined(_KERNEL) && !defined LOCORE\n#define BOTH 1\n"
	    "#elif 1\n#define NEVER 1\n#endif\n"
	    "#ifdef INVARIANTS\n#define CHECK(m) check(m)\n"
	    "#else\n#define CHECK(m)\n#endif\n"
	    "#if OPTION > 2\n#define SIZE 8\n#elif OPTION > 1\n"
	    "#define SIZE 4\n#else\n#define SIZE 8\n#endif\n"
	    "#if 0 && OPTION\n#define DEAD 1\n#endif\n"
	    "#if 1 || OPTION\n#define SURE 1\n#else\n#define DEAD 1\n#endif\n"
	    "#ifdef OPTION\n#define SAME 1\n#else\n#define SAME 1\n#endif\n"
	    "#define GONE 1\n#undef GONE\n"
	    "#define ANEW 1\n#undef ANEW\n#define ANEW 2\n"
	    "#define KEPT 1\n#ifdef OPTION\n#undef KEPT\n#endif\n"
	    "#endif\n");
	assert_null(item(su, "GUARD_H"));
	assert_null(item(su, "DEAD"));
	assert_null(item(su, "USER"));
	assert_null(item(su, "NEVER"));
	assert_null(item(su, "GONE"));
	assert_body(su, "LIVE", "1");
	assert_body(su, "KERNEL", "1");
	assert_body(su, "BOTH", "1");
	assert_body(su, "CHECK", "check(m) #else ");
	assert_body(su, "SIZE", "8 #else 4 #else 8");
	assert_false(item(su, "SIZE")->ki_has_value);
	assert_body(su, "SURE", "1");
	assert_body(su, "SAME", "1");
	assert_int_equal(item(su, "SAME")->ki_value, 1);
	assert_body(su, "ANEW", "2");
	assert_body(su, "KEPT", "1");
	kpi_surface_free(su);
}

static void
test_enumerators(void **state)
{
	struct kpi_surface *su;

	(void)state;
	su = read_header(
	    "#define BASE 0x10\n"
	    "enum kind { FIRST, SECOND, FOURTH = 1 << 2, FIFTH, };\n"
	    "enum { FROM = BASE + FOURTH, NEXT, OF = f(1), AFTER };\n"
	    "typedef enum kind { MINUS = -1, ZERO } kind_t;\n"
	    "enum kind of(enum kind);\n"
	    "#define BY_NAME (NEXT * 2)\n"
	    "#if 0\nenum { DEAD };\n#endif\n");
	assert_int_equal(item(su, "FIRST")->ki_kind, KPI_CONSTANT);
	assert_int_equal(item(su, "SECOND")->ki_value, 1);
	assert_int_equal(item(su, "FIFTH")->ki_value, 5);
	assert_int_equal(item(su, "NEXT")->ki_value, 21);
	assert_false(item(su, "OF")->ki_has_value);
	assert_false(item(su, "AFTER")->ki_has_value);
	assert_int_equal(item(su, "MINUS")->ki_value, -1);
	assert_int_equal(item(su, "ZERO")->ki_value, 0);
	assert_int_equal(item(su, "BY_NAME")->ki_value, 42);
	assert_null(item(su, "FIRST")->ki_body);
	assert_null(item(su, "DEAD"));
	kpi_surface_free(su);
}

static void
test_bad_headers(void **state)
{
	static const struct {
		const char	*text, *why;
	} bad[] = {
		{ "int x;\n#if 1\n", "a.h:2: 1 #if without #endif" },
		{ "#endif\n", "a.h:1: #endif without #if" },
		{ "\n#else\n", "a.h:2: #else without #if" },
		{ "#define F(a, b\n", "a.h:1: a macro's parameters" },
		{ "#define 1\n", "a.h:1: #define without a name" },
		{ "#define\n", "a.h:1: #define without a name" },
		{ "x\n/* no end\n\n", "a.h:2: a comment without end" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		put_header(bad[i].text);
		assert_refused(bad[i].why);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_no_values),
		cmocka_unit_test(test_recursion),
		cmocka_unit_test(test_bodies),
		cmocka_unit_test(test_conditionals),
		cmocka_unit_test(test_enumerators),
		cmocka_unit_test(test_bad_headers),
	};

	return (cmocka_run_group_tests(tests, make_folder, remove_folder));
}
