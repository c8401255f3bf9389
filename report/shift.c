/*
 * Shift between two samples.  Read shift.h first.
 *
 * U is the number of pairs with x above y.  The number of arrangements with a
 * given U obeys f(u; m, n) = f(u - n; m - 1, n) + f(u; m, n - 1): the largest
 * of all is either an x, above every y, or a y, above nothing.
 */
#include "shift.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

#include "results.h"
#include "stats.h"

/*
 * Probabilities of U = 0..nx * ny, to be freed.  Adding a y at a time, with a
 * row for each number of x; as probabilities, so that nothing overflows.
 */
static double *
distribution(unsigned nx, unsigned ny)
{
	size_t size = (size_t)nx * ny + 1;
	double *f = rp_grow(NULL, (nx + 1) * size, sizeof(*f));

	memset(f, 0, (nx + 1) * size * sizeof(*f));
	for (unsigned i = 0; i <= nx; i++)
		f[i * size] = 1;
	for (unsigned n = 1; n <= ny; n++)
		for (unsigned m = 1; m <= nx; m++) {
			double *row = &f[m * size], *less = &f[(m - 1) * size];
			double x_last = (double)m / (m + n);

			for (size_t u = (size_t)m * n + 1; u-- > 0;)
				row[u] = row[u] * (1 - x_last) +
				    (u >= n ? less[u - n] * x_last : 0);
		}
	for (size_t u = 0; u < size; u++)
		f[u] = f[nx * size + u];
	return (f);
}

double
rp_mann_whitney_P(unsigned u, unsigned nx, unsigned ny)
{
	double *f = distribution(nx, ny), sum = 0;

	for (unsigned i = 0; i <= u && i <= nx * ny; i++)
		sum += f[i];
	free(f);
	return (fmin(1, sum));
}

/* How many of the pairs' differences lie outside the interval, a side. */
static unsigned
interval_rank(unsigned nx, unsigned ny)
{
	double *f = distribution(nx, ny), sum = 0;
	unsigned rank = 0;

	while (rank < nx * ny && (sum += f[rank]) <= (1 - RP_NOMINAL) / 2)
		rank++;
	free(f);
	return (rank);
}

static double
two_sided(double u, unsigned nx, unsigned ny)
{
	double smaller = fmin(u, nx * ny - u);

	return (fmin(1, 2 * rp_mann_whitney_P((unsigned)ceil(smaller), nx,
	    ny)));
}

struct rp_shift
rp_shift(const double *x, unsigned nx, const double *y, unsigned ny)
{
	struct rp_shift s = { nx, ny, NAN, false, NAN, NAN, NAN };
	size_t n = (size_t)nx * ny, k = 0;
	double *d, u = 0;
	unsigned rank;

	if (n == 0)
		return (s);
	d = rp_grow(NULL, n, sizeof(*d));
	for (unsigned i = 0; i < nx; i++)
		for (unsigned j = 0; j < ny; j++) {
			d[k++] = x[i] - y[j];
			u += x[i] > y[j] ? 1 : x[i] == y[j] ? 0.5 : 0;
		}
	gsl_sort(d, 1, n);
	s.shift = gsl_stats_median_from_sorted_data(d, 1, n);
	s.p = two_sided(u, nx, ny);
	rank = interval_rank(nx, ny);
	s.bounded = rank > 0;
	if (s.bounded) {
		s.lo = d[rank - 1];
		s.hi = d[n - rank];
	}
	free(d);
	return (s);
}
