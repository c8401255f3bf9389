/*
 * What a compiler complains of, by what a consumer must do about it.
 *
 * Reads the text that gcc and clang write, "FILE:LINE:COLUMN: error: ...", and
 * gives every error a class.  The class follows from the identifier the error
 * is about, so that it does not depend on a compiler's words; the few words
 * that do matter ("arguments", "undeclared") are listed in classify.c.
 *
 *	object_lock	VM_OBJECT_*, members of the object that are its lock
 *	include		a header that is not found; a name that the release's
 *			headers declare, or a lock primitive, and the compiler
 *			does not know: its header is not included
 *	busy		functions and members of the busy state: vm_page_wakeup,
 *			vm_page_*busy*, VPB_*, busy, busy_lock
 *	flags		constants: VPO_*, VM_ALLOC_*, OBJ_*, PG_*, PGA_*, PQ_*
 *	arity		a function or macro with too many or too few arguments
 *	other		the rest
 *
 * An error of arity is one whatever the name; then come the others in the order
 * include, object_lock, busy, flags.
 */
#ifndef KPI_CLASSIFY_H
#define	KPI_CLASSIFY_H

#include <stddef.h>
#include <stdio.h>

enum kpi_diag_class {
	KPI_DIAG_OBJECT_LOCK,
	KPI_DIAG_INCLUDE,
	KPI_DIAG_BUSY,
	KPI_DIAG_FLAGS,
	KPI_DIAG_ARITY,
	KPI_DIAG_OTHER,
	KPI_DIAG_CLASSES
};

struct kpi_diag {
	char		*kd_file;
	unsigned	 kd_line;	/* from 1; 0 unknown */
	unsigned	 kd_column;	/* in bytes from 1; 0 unknown */
	char		*kd_name;	/* identifier, or header; "" if unknown */
	char		*kd_text;	/* the compiler's words */
	enum kpi_diag_class kd_class;
};

struct kpi_diags {
	/* In the order written; what repeats the one before is left out. */
	struct kpi_diag	*ds_list;
	size_t		 ds_n;
	unsigned	 ds_count[KPI_DIAG_CLASSES];
};

/* "object_lock", ...: the columns of kpi_matrix.tsv, in their order. */
extern const char *const kpi_diag_class_names[KPI_DIAG_CLASSES];

/*
 * Read all of from.  declared, a sorted array of n names, is what the headers of
 * the release declare at file scope; NULL if that is not known.  Where an error
 * names nothing, the source file it points into is read.  Never fails; text that
 * is no diagnostic is skipped.  Free with kpi_diags_free().
 */
struct kpi_diags *kpi_diags_read(FILE *from, char *const *declared, size_t n);
void		kpi_diags_free(struct kpi_diags *);

/*
 * The class of an error with these words about name.  For the reader and its
 * tests.
 */
enum kpi_diag_class kpi_diag_classify(const char *text, const char *name,
		    char *const *declared, size_t n);

/* Is it a name that a class other than `other' knows by itself? */
int		kpi_diag_known(const char *name);

/* Does the text speak of something the compiler has not seen declared? */
int		kpi_diag_unknown(const char *text);
/* Of a call with the wrong number of arguments? */
int		kpi_diag_is_arity(const char *text);

/*
 * What the error is about: an identifier or a header, in malloc()ed memory; ""
 * if that cannot be told.  note is the text of the first note after the error,
 * or NULL.
 */
char		*kpi_diag_name(const struct kpi_diag *, const char *note);

#endif /* KPI_CLASSIFY_H */
