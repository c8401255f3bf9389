/*
 * Strips, and text that fits.
 *
 * Goal: a mark stands where its ratio lies, says whether it is resolved, and
 * no line is wider than the screen.  Method: small runs printed into memory,
 * in plain ASCII, and compared.
 */
#include "test_report_run.h"

#include "report/screen.h"

/* Thirty rounds of the cell at ratios of 1 and the one given. */
static void
put_ratio(const char *impl, double ratio)
{
	for (unsigned i = 0; i < 30; i++) {
		put(RP_BASELINE, i, 1000 + i % 3);
		put(impl, i, (1000 + i % 3) * ratio);
	}
}

static char *
strips(const struct rp_screen *s)
{
	struct rp_results r;
	struct rp_text t;
	unsigned impl;

	load(&r);
	impl = (unsigned)rp_impl_find(&r, "sxbusy");
	rp_text_open(&t);
	rp_print_strips(t.f, s, &r, &impl, 1);
	rp_free(&r);
	return (rp_text_close(&t));
}

/* The line of the strip: what follows the names. */
static const char *
marks(const char *text)
{
	return (strstr(text, "sxbusy ") + strlen("sxbusy "));
}

/* Half way from 1 to 2 on a logarithmic axis is the square root of 2. */
static void
test_mark(void **state)
{
	struct rp_screen s = { .width = 80 };
	const char *line;
	char *text;

	(void)state;
	put_ratio("sxbusy", M_SQRT2);
	text = strips(&s);
	line = marks(text);
	assert_int_equal(strcspn(line, "|"), 29);
	assert_int_equal(strcspn(line, "#"), 44);
	assert_non_null(strstr(line, "   1.41x\n"));
	/* "1x" of the axis stands over it. */
	assert_int_equal(strstr(text, "1x") - text,
	    line + 29 - (strchr(text, '\n') + 1));
	free(text);
}

static void
test_beyond(void **state)
{
	struct rp_screen s = { .width = 80 };
	char *text;

	(void)state;
	put_ratio("sxbusy", 0.25);
	text = strips(&s);
	assert_int_equal(*marks(text), '<');
	free(text);
}

static void
test_unresolved(void **state)
{
	struct rp_screen s = { .width = 80, .colour = true };
	char *text;

	(void)state;
	for (unsigned i = 0; i < 30; i++) {
		put(RP_BASELINE, i, 1000);
		put("sxbusy", i, i % 2 == 0 ? 1100 : 1000 / 1.05);
	}
	text = strips(&s);
	assert_non_null(strchr(text, 'o'));
	assert_null(strchr(text, '#'));
	/* Colour is for what is resolved; the axis is dim. */
	assert_null(strstr(text, "\033[36m"));
	assert_non_null(strstr(text, "\033[2m.\033[0m"));
	free(text);
}

static void
test_wrapped(void **state)
{
	struct rp_screen s = { .width = 12 };
	struct rp_text t;
	char *text;

	(void)state;
	rp_text_open(&t);
	rp_print_wrapped(t.f, &s, "  one two three four");
	text = rp_text_close(&t);
	assert_string_equal(text, "  one two\n    three\n    four\n");
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(mark),
		TEST(beyond),
		TEST(unresolved),
		cmocka_unit_test(test_wrapped),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
