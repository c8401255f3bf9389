/*
 * The stack of conditionals.  Read conditions.h first.
 */
#include "conditions.h"

#include <stdlib.h>

#include "evaluate.h"

static enum kpi_truth
least(enum kpi_truth a, enum kpi_truth b)
{
	return (a < b ? a : b);
}

static enum kpi_truth
greatest(enum kpi_truth a, enum kpi_truth b)
{
	return (a > b ? a : b);
}

static enum kpi_truth
not(enum kpi_truth a)
{
	return (KPI_YES - a);
}

enum kpi_truth
kpi_conditions_live(const struct kpi_conditions *co)
{
	enum kpi_truth live = KPI_YES;

	for (unsigned i = 0; i < co->co_depth; i++)
		live = least(live, co->co_stack[i].now);
	return (live);
}

static void
push(struct kpi_conditions *co, enum kpi_truth truth,
    const struct kpi_place *place)
{
	if (co->co_depth == KPI_CONDITIONS_MAX)
		kpi_fail(place, "more than %d conditionals within each other",
		    KPI_CONDITIONS_MAX);
	co->co_stack[co->co_depth].taken = truth;
	co->co_stack[co->co_depth++].now = truth;
}

/* The next branch: compiled if none was before and its own condition holds. */
static void
branch(struct kpi_conditions *co, enum kpi_truth truth)
{
	enum kpi_truth taken = co->co_stack[co->co_depth - 1].taken;

	co->co_stack[co->co_depth - 1].now = least(not(taken), truth);
	co->co_stack[co->co_depth - 1].taken = greatest(taken, truth);
}

bool
kpi_conditions_follow(struct kpi_conditions *co, const struct kpi_token *tk,
    size_t n, const struct kpi_place *place)
{
	bool is_else = kpi_token_is(tk, "else");
	bool is_elif = kpi_token_is(tk, "elif");
	bool is_endif = kpi_token_is(tk, "endif");
	const struct kpi_token *rest = tk + 1;

	if ((is_else || is_elif || is_endif) && co->co_depth == 0)
		kpi_fail(place, "#%.*s without #if", (int)tk->tk_len,
		    tk->tk_text);
	if (kpi_token_is(tk, "if"))
		push(co, kpi_evaluate_condition(rest, n - 1), place);
	else if (kpi_token_is(tk, "ifdef"))
		push(co, n < 2 ? KPI_MAYBE : kpi_is_defined(rest), place);
	else if (kpi_token_is(tk, "ifndef"))
		push(co, n < 2 ? KPI_MAYBE : not(kpi_is_defined(rest)), place);
	else if (is_elif)
		branch(co, kpi_evaluate_condition(rest, n - 1));
	else if (is_else)
		branch(co, KPI_YES);
	else if (is_endif)
		co->co_depth--;
	else
		return (false);
	return (true);
}

void
kpi_conditions_sure(struct kpi_conditions *co)
{
	co->co_stack[co->co_depth - 1].taken = KPI_YES;
	co->co_stack[co->co_depth - 1].now = KPI_YES;
}

void
kpi_conditions_end(const struct kpi_conditions *co,
    const struct kpi_place *place)
{
	if (co->co_depth > 0)
		kpi_fail(place, "%u #if without #endif", co->co_depth);
}
