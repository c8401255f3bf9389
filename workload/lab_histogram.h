/*
 * A log-linear histogram of latencies: 64 buckets to each octave.
 *
 * A value below 64 has a bucket of its own.  Of any other the highest seven
 * bits name the bucket: bits 0..5 below the leading one say where in its
 * octave.
 *
 *	value	0 .. 63   64 .. 127   128, 129   130, 131   ...
 *	bucket	0 .. 63   64 .. 127   128        129        ...
 *
 * H1  every value has one bucket, and buckets rise with values.
 * H2  a bucket's middle is off any value in it by at most 1/128 of that value,
 *     and by nothing below 128.
 * H3  lh_sampled is the sum of lh_counts; lh_max is exact.
 *
 * Written by one thread alone.  Nothing of the VM or the machine is named here,
 * because units record, the driver merges and the report reads with the same
 * functions.  docs/DATA.md has the form in which a histogram is written.
 */
#ifndef WORKLOAD_LAB_HISTOGRAM_H
#define	WORKLOAD_LAB_HISTOGRAM_H

#include <stdint.h>

#define	LAB_HIST_SUB_BITS	6
#define	LAB_HIST_SUB		(1u << LAB_HIST_SUB_BITS)
/* All of 64 bits: the exact values, and the octaves from bit 6 to bit 63. */
#define	LAB_HIST_BUCKETS	(LAB_HIST_SUB * (64 - LAB_HIST_SUB_BITS + 1))
/* Bytes: no other thread's data on its lines (machine.h, MD_CACHE_LINE). */
#define	LAB_HIST_ALIGN		128

struct lab_histogram {
	uint64_t	lh_sampled;	/* values recorded */
	uint64_t	lh_max;		/* the largest; 0 if there is none */
	uint64_t	lh_counts[LAB_HIST_BUCKETS];
} __attribute__((aligned(LAB_HIST_ALIGN)));

/* The bucket of a value. */
static inline unsigned
lab_histogram_bucket(uint64_t value)
{
	unsigned high;

	if (value < LAB_HIST_SUB)
		return ((unsigned)value);
	high = 63 - (unsigned)__builtin_clzll(value);
	return ((high - LAB_HIST_SUB_BITS + 1) * LAB_HIST_SUB +
	    (unsigned)(value >> (high - LAB_HIST_SUB_BITS)) - LAB_HIST_SUB);
}

/* How many values share a bucket. */
static inline uint64_t
lab_histogram_width(unsigned bucket)
{
	return (bucket < LAB_HIST_SUB ? 1 :
	    (uint64_t)1 << (bucket / LAB_HIST_SUB - 1));
}

/* The least value of a bucket. */
static inline uint64_t
lab_histogram_lower(unsigned bucket)
{
	if (bucket < LAB_HIST_SUB)
		return (bucket);
	return ((uint64_t)(LAB_HIST_SUB + bucket % LAB_HIST_SUB) <<
	    (bucket / LAB_HIST_SUB - 1));
}

/* What stands for all values of a bucket. */
static inline uint64_t
lab_histogram_middle(unsigned bucket)
{
	return (lab_histogram_lower(bucket) +
	    (lab_histogram_width(bucket) - 1) / 2);
}

static inline void
lab_histogram_record(struct lab_histogram *h, uint64_t value)
{
	h->lh_counts[lab_histogram_bucket(value)]++;
	h->lh_sampled++;
	if (value > h->lh_max)
		h->lh_max = value;
}

/* Forget all. */
static inline void
lab_histogram_clear(struct lab_histogram *h)
{
	h->lh_sampled = h->lh_max = 0;
	for (unsigned i = 0; i < LAB_HIST_BUCKETS; i++)
		h->lh_counts[i] = 0;
}

/* Add what another one has. */
static inline void
lab_histogram_merge(struct lab_histogram *to, const struct lab_histogram *from)
{
	to->lh_sampled += from->lh_sampled;
	if (from->lh_max > to->lh_max)
		to->lh_max = from->lh_max;
	for (unsigned i = 0; i < LAB_HIST_BUCKETS; i++)
		to->lh_counts[i] += from->lh_counts[i];
}

/*
 * The value that a share q, 0 to 1, of all values do not exceed: of n sorted
 * ones the ceil(q * n)-th, within 1/128; q = 1 gives the exact largest.  0 if
 * nothing was recorded.
 */
static inline uint64_t
lab_histogram_quantile(const struct lab_histogram *h, double q)
{
	double want = q * (double)h->lh_sampled;
	uint64_t seen = 0, middle;

	if (q >= 1)
		return (h->lh_max);
	for (unsigned i = 0; i < LAB_HIST_BUCKETS; i++) {
		seen += h->lh_counts[i];
		if (seen == 0 || (double)seen < want)
			continue;
		middle = lab_histogram_middle(i);
		return (middle < h->lh_max ? middle : h->lh_max);
	}
	return (h->lh_max);
}

#endif /* WORKLOAD_LAB_HISTOGRAM_H */
