/*
 * Inside the tables: what tables.c and figures.c share.  Read output.h for
 * what others may call.
 */
#ifndef REPORT_TABLES_H
#define	REPORT_TABLES_H

#include "output.h"

/* Start a table: its source, what it holds, the names of its columns. */
void	 rp_tsv_head(FILE *f, const struct rp_results *r, const char *what,
	    const char *columns);

/* One number and the character that ends its column. */
void	 rp_tsv_number(FILE *f, double v, char end);

/* Of the order of cells: the first of its workload; how many it has. */
bool	 rp_opens_workload(const struct rp_results *r, unsigned cell);
unsigned rp_cells_of_workload(const struct rp_results *r, unsigned first);

/* Equal but for the number of threads; such cells lie together. */
bool	 rp_same_panel(const struct rp_cell *a, const struct rp_cell *b);

/* The name of a cell inside its workload. */
const char *rp_inner_name(const struct rp_cell *c);

/* Tables laid out for one figure each. */
void	 rp_table_summary(FILE *f, const struct rp_results *r);
void	 rp_table_speedup(FILE *f, const struct rp_results *r);
void	 rp_table_traces(FILE *f, const struct rp_results *r);
void	 rp_table_locks(FILE *f, const struct rp_results *r);
void	 rp_table_locks_most(FILE *f, const struct rp_results *r);
void	 rp_table_attribution(FILE *f, const struct rp_results *r);
void	 rp_table_latency(FILE *f, const struct rp_results *r);
void	 rp_table_quantiles(FILE *f, const struct rp_results *r);
void	 rp_table_events(FILE *f, const struct rp_results *r);
void	 rp_table_noise(FILE *f, const struct rp_results *r);
void	 rp_table_transfer(FILE *f, const struct rp_results *r);

/* Throughput of one workload, whose first cell is given. */
void	 rp_table_throughput(FILE *f, const struct rp_results *r,
	    unsigned first);

#endif /* REPORT_TABLES_H */
