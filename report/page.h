/*
 * report.html: one file that holds the page, its style, its code and its data.
 *
 * The numbers are those of compare.h, written into the page as one block of
 * JSON; the sources of the page in report/page/ only draw them.  Nothing is
 * fetched: the page forbids itself the network.  Read output.h first.
 */
#ifndef REPORT_PAGE_H
#define	REPORT_PAGE_H

#include "output.h"

/*
 * The text of the page, to be freed.  `html' is the file that it will be,
 * from whose folder the raw data are linked; NULL, with a message, if that
 * folder does not exist.
 */
char	*rp_page(const struct rp_results *r, const struct rp_places *p,
	    const char *html, char message[RP_MESSAGE]);

/* The sources of the page, as the build took them in; NULL: no such file. */
const char *rp_page_file(const char *name);

/* Parts of the data, new references. */
json_t	*rp_page_cells(const struct rp_results *r);
json_t	*rp_page_run(const struct rp_results *r);

/* What the self-test whose table lies in a folder found; null if none. */
json_t	*rp_page_detection(const char *folder);

/* What was decided of each step, and what make kpi found. */
json_t	*rp_page_kpi(const struct rp_results *r, const struct rp_places *p);

/* The simulated machines that are told of beside the run. */
json_t	*rp_page_scaling(const struct rp_results *r);

/* What JSON has no word for is null: a number that is not finite, no text. */
json_t	*rp_page_number(double v);
json_t	*rp_page_text(const char *s);

/* An estimate of a quantity, or of the log of one; null without values. */
json_t	*rp_page_estimate(const struct rp_estimate *e);
json_t	*rp_page_ratio(const struct rp_estimate *log_ratio);

#endif /* REPORT_PAGE_H */
