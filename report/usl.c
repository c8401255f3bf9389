/*
 * The fit of the Universal Scalability Law.  Read usl.h first.
 *
 * N/X is linear: (1 + sigma (N - 1) + kappa N (N - 1)) / lambda, three columns
 * with factors that must not be below 0.  There are four sets of columns that
 * a fit under such bounds can end in; each is fitted, and the best of those
 * that keep the bounds is taken.
 */
#include "usl.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_multifit.h>
#include <gsl/gsl_multifit_nlinear.h>
#include <math.h>
#include <stdlib.h>

#include "results.h"

#define	COLUMNS		3
#define	ITERATIONS	200
#define	TOLERANCE	1e-12
/* By how much a point's square must fall to pay for one more parameter: what
   moves the law by less than one in ten thousand is none. */
#define	WORTH		1e-8

/* The points, and which columns are fitted. */
struct fit {
	unsigned	n, p;		/* points, columns in use */
	unsigned	use[COLUMNS];
	const double	*cpus;
	const double	*y;		/* N/X over its value at the first */
};

static double
column(const struct fit *f, unsigned point, unsigned j)
{
	double n = f->cpus[point];

	return (j == 0 ? 1 : j == 1 ? n - 1 : n * (n - 1));
}

static double
law(const struct fit *f, unsigned point, const gsl_vector *x)
{
	double v = 0;

	for (unsigned j = 0; j < f->p; j++)
		v += gsl_vector_get(x, j) * column(f, point, f->use[j]);
	return (v);
}

/* A law that is not above 0 is so far off that the step is not taken. */
static double
residual(const struct fit *f, unsigned point, const gsl_vector *x)
{
	double v = law(f, point, x);

	return (log((v > 0 ? v : 1e-300) / f->y[point]));
}

static int
residuals(const gsl_vector *x, void *params, gsl_vector *out)
{
	const struct fit *f = params;

	for (unsigned i = 0; i < f->n; i++)
		gsl_vector_set(out, i, residual(f, i, x));
	return (GSL_SUCCESS);
}

static int
jacobian(const gsl_vector *x, void *params, gsl_matrix *out)
{
	const struct fit *f = params;

	for (unsigned i = 0; i < f->n; i++)
		for (unsigned j = 0; j < f->p; j++)
			gsl_matrix_set(out, i, j, column(f, i, f->use[j]) /
			    law(f, i, x));
	return (GSL_SUCCESS);
}

/* Least squares of N/X, each point by its own size, into x. */
static void
linear(const struct fit *f, gsl_vector *x)
{
	gsl_multifit_linear_workspace *w = gsl_multifit_linear_alloc(f->n,
	    f->p);
	gsl_matrix *m = gsl_matrix_alloc(f->n, f->p);
	gsl_matrix *covariance = gsl_matrix_alloc(f->p, f->p);
	gsl_vector *ones = gsl_vector_alloc(f->n);
	double chi;

	gsl_vector_set_all(ones, 1);
	for (unsigned i = 0; i < f->n; i++)
		for (unsigned j = 0; j < f->p; j++)
			gsl_matrix_set(m, i, j, column(f, i, f->use[j]) /
			    f->y[i]);
	gsl_multifit_linear(m, ones, x, covariance, &chi, w);
	gsl_vector_free(ones);
	gsl_matrix_free(covariance);
	gsl_matrix_free(m);
	gsl_multifit_linear_free(w);
}

/* Where to begin, so that the law is above 0 at every point. */
static void
begin(const struct fit *f, gsl_vector *x)
{
	linear(f, x);
	for (unsigned i = 0; i < f->n; i++)
		if (!(law(f, i, x) > 0)) {
			gsl_vector_set_all(x, 0);
			gsl_vector_set(x, 0, 1);
			return;
		}
}

/* Refine x; the sum of squares at the end. */
static double
refine(struct fit *f, gsl_vector *x)
{
	gsl_multifit_nlinear_parameters how =
	    gsl_multifit_nlinear_default_parameters();
	gsl_multifit_nlinear_fdf fdf = { .f = residuals, .df = jacobian,
	    .n = f->n, .p = f->p, .params = f };
	gsl_multifit_nlinear_workspace *w = gsl_multifit_nlinear_alloc(
	    gsl_multifit_nlinear_trust, &how, f->n, f->p);
	double squares = 0;
	int info;

	gsl_multifit_nlinear_init(x, &fdf, w);
	gsl_multifit_nlinear_driver(ITERATIONS, TOLERANCE, TOLERANCE, 0, NULL,
	    NULL, &info, w);
	gsl_vector_memcpy(x, gsl_multifit_nlinear_position(w));
	gsl_multifit_nlinear_free(w);
	for (unsigned i = 0; i < f->n; i++)
		squares += residual(f, i, x) * residual(f, i, x);
	return (squares);
}

/* Fit one set of columns; keep it if it is allowed, and better than *best. */
static void
try_columns(struct fit *f, unsigned set, double *best, double kept[COLUMNS])
{
	double factor[COLUMNS] = { 0 }, squares;
	bool allowed = true;
	gsl_vector *x;

	f->p = 0;
	for (unsigned j = 0; j < COLUMNS; j++)
		if ((set >> j & 1) != 0)
			f->use[f->p++] = j;
	x = gsl_vector_alloc(f->p);
	begin(f, x);
	squares = refine(f, x);
	for (unsigned j = 0; j < f->p; j++) {
		factor[f->use[j]] = gsl_vector_get(x, j);
		allowed &= factor[f->use[j]] >= 0;
	}
	gsl_vector_free(x);
	if (!allowed || !(factor[0] > 0) || !(squares < *best - f->n * WORTH))
		return;
	*best = squares;
	for (unsigned j = 0; j < COLUMNS; j++)
		kept[j] = factor[j];
}

static double
peak_of(double sigma, double kappa)
{
	if (sigma >= 1)
		return (1);
	return (kappa > 0 ? fmax(1, sqrt((1 - sigma) / kappa)) : INFINITY);
}

static struct rp_usl
fit_points(const double *cpus, const double *x, unsigned n)
{
	/* The simple ones first: more parameters have to be worth it. */
	static const unsigned sets[] = { 1, 3, 5, 7 };
	double *y = rp_grow(NULL, n, sizeof(*y));
	struct fit f = { .n = n, .cpus = cpus, .y = y };
	double best = HUGE_VAL, factor[COLUMNS] = { 1, 0, 0 };
	gsl_error_handler_t *handler = gsl_set_error_handler_off();
	struct rp_usl u = { .fitted = true };

	for (unsigned i = 0; i < n; i++)
		y[i] = cpus[i] / x[i] / (cpus[0] / x[0]);
	for (unsigned i = 0; i < sizeof(sets) / sizeof(sets[0]); i++)
		try_columns(&f, sets[i], &best, factor);
	gsl_set_error_handler(handler);
	free(y);
	u.lambda = x[0] / cpus[0] / factor[0];
	u.sigma = factor[1] / factor[0];
	u.kappa = factor[2] / factor[0];
	u.peak = peak_of(u.sigma, u.kappa);
	u.error = sqrt(best / n);
	u.bad = !(u.error <= RP_USL_BAD);
	return (u);
}

struct rp_usl
rp_usl(const double *cpus, const double *throughput, unsigned n)
{
	struct rp_usl u = { false, NAN, NAN, NAN, NAN, NAN, true };
	double *at = rp_grow(NULL, n + 1, sizeof(*at));
	double *x = rp_grow(NULL, n + 1, sizeof(*x));
	unsigned m = 0;

	for (unsigned i = 0; i < n; i++)
		if (throughput[i] > 0) {
			at[m] = cpus[i];
			x[m++] = throughput[i];
		}
	if (m >= RP_USL_POINTS) {
		u = fit_points(at, x, m);
		u.bad |= m < n;
	}
	free(at);
	free(x);
	return (u);
}

double
rp_usl_at(const struct rp_usl *u, double cpus)
{
	return (u->lambda * cpus / (1 + u->sigma * (cpus - 1) +
	    u->kappa * cpus * (cpus - 1)));
}
