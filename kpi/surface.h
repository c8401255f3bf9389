/*
 * A surface: what a consumer sees of one implementation or source tree.
 *
 * It is read from the files that tools/kpi-surface collects in one folder
 * (docs/KPI-CASE.md, section 1), by one reader for each file.  Every reader
 * adds to the items; an item that two readers see is one item.
 *
 * I1  items are sorted by group, then name, once kpi_surface_read() returns; a
 *     pair (group, name) occurs once.
 * I2  strings live as long as the surface.
 * I3  what a structure includes as an unnamed member is the structure's own:
 *     "vm_page.busy_lock" is an item, "vm_page_busy" is none but a part.
 */
#ifndef KPI_SURFACE_H
#define	KPI_SURFACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum kpi_kind {
	KPI_FUNCTION,		/* declared, defined elsewhere */
	KPI_INLINE,		/* defined in a header */
	KPI_MACRO,		/* with or without parameters */
	KPI_CONSTANT,		/* an enumerator */
	KPI_VARIABLE,		/* extern */
	KPI_TYPE,		/* struct, union, enum, typedef */
	KPI_MEMBER,		/* "vm_page.busy_lock", "vm_page.u.next" */
};

/* Within one a name means one thing: a macro hides a function of its name. */
enum kpi_group {
	KPI_GROUP_NAME,		/* what a call or an expression names */
	KPI_GROUP_TYPE,
	KPI_GROUP_MEMBER,
};

/* Locks and sleeping of a call, from the contract headers; NULL if unstated. */
struct kpi_contract {
	const char	*kc_object;	/* NONE, READ, WRITE: least needed */
	const char	*kc_page;	/* ANY, HELD, FREE: the page lock */
	const char	*kc_sleep;	/* NO, OBJECT, ...: see vm_contract.h */
	const char	*kc_checked;	/* CHECKED, DOCUMENTED */
};

struct kpi_item {
	enum kpi_kind	 ki_kind;
	const char	*ki_name;
	const char	*ki_header;	/* "vm/vm_page.h" */
	unsigned	 ki_line;
	/*
	 * What can be called has the three; others have NULL, NULL, -1.  To
	 * compare functions take ki_types, to compare macros ki_nparams: names
	 * of parameters are nothing to a caller.
	 */
	const char	*ki_signature;	/* "int (vm_page_t m)", "(m)" */
	/* "int (vm_page_t)"; a macro's where other kernels have a function */
	const char	*ki_types;
	int		 ki_nparams;	/* "..." counts as one; (void) is 0 */
	/*
	 * A macro's, its spaces collapsed: "" is an empty body.  The
	 * initialiser of a variable that a header defines; the expression of
	 * an enumerator without a value; else NULL.  A name that both branches
	 * of a conditional define has the bodies of both, joined by " #else ",
	 * and no value.
	 */
	const char	*ki_body;
	/*
	 * What it hangs on that is there in some kernels only, "defined(SMP)";
	 * "" or NULL: nothing.  Of several texts, as for ki_body.
	 */
	const char	*ki_when;
	bool		 ki_has_value;	/* the expression is a constant */
	int64_t		 ki_value;	/* of 64 bits unsigned: reinterpreted */
	unsigned	 ki_bits;	/* of a macro's type, with a value */
	bool		 ki_unsigned;	/* the type is, if ki_bits */
	unsigned	 ki_offset;	/* member: bytes from the start */
	unsigned	 ki_bit;	/* of a bit field, in these; else 0 */
	unsigned	 ki_size;	/* member or type: bytes; 0 unknown */
	unsigned	 ki_holes;	/* type: bytes between members */
	unsigned	 ki_align;	/* type: bytes; 0: none is asked for */
	const char	*ki_tag;	/* type: "struct", .., "typedef" */
	/* Of a member or variable; what a typedef stands for; else NULL. */
	const char	*ki_type;
	struct kpi_contract ki_contract;
	unsigned	 ki_seen;	/* KPI_SEEN_*: which tools saw it */
};

/* A member's line is ki_offset / KPI_CACHE_LINE, where KPI_SEEN_LAYOUT. */
#define	KPI_CACHE_LINE	64	/* bytes */

#define	KPI_SEEN_CTAGS		0x01
#define	KPI_SEEN_DEFINES	0x02
#define	KPI_SEEN_LAYOUT		0x04	/* offset and size are known */
#define	KPI_SEEN_CONTRACT	0x08
#define	KPI_SEEN_ABIDIFF	0x10
#define	KPI_SEEN_SUCCESSORS	0x20	/* a person has stated it */
#define	KPI_SEERS		6
/* "ctags", .., "successors": by the number of the bit. */
extern const char *const kpi_seer_names[KPI_SEERS];

/* A line of `successors`. */
struct kpi_successor {
	const char	*ks_name;	/* the old name */
	const char	*ks_by;		/* what took its place, or "-" */
	const char	*ks_advice;	/* what a consumer must do */
	/*
	 * What no contract says, such as a state of the page wanted on entry:
	 * "stricter", "relaxed", "other" than before; NULL: nothing.
	 */
	const char	*ks_wants;
};

/* A structure that is an unnamed member, and the one whose part it is. */
struct kpi_part {
	const char	*pt_name;	/* "vm_page_busy" */
	const char	*pt_of;		/* "vm_page" */
};

struct kpi_surface {
	const char	*su_name;	/* the folder's last part: "sxbusy" */
	const char	*su_dir;
	struct kpi_item	*su_items;
	size_t		 su_nitems;
	struct kpi_successor *su_successors;
	size_t		 su_nsuccessors;
	struct kpi_part	*su_parts;
	size_t		 su_nparts;
	unsigned	 su_missing;	/* KPI_SEEN_*: files not there */
	struct kpi_store *su_store;	/* the readers' own: store.h */
};

/*
 * Read the surface collected in dir.  headers and tags.json must be there; what
 * else is missing is noted in su_missing: layout.txt, contract.txt, kpi.so (as
 * KPI_SEEN_ABIDIFF).  Exits with status 2 and one line naming file and line
 * when one cannot be read.  Free with kpi_surface_free().
 */
struct kpi_surface *kpi_surface_read(const char *dir);
void		kpi_surface_free(struct kpi_surface *);

/* The item of that group and name, or NULL. */
const struct kpi_item *kpi_surface_find(const struct kpi_surface *,
		    enum kpi_group, const char *name);

enum kpi_group	kpi_group_of(enum kpi_kind);

/* The order of items, as strcmp(): by group, then name. */
int		kpi_item_compare(const struct kpi_item *,
		    const struct kpi_item *);

/* The structure that one is a part of, if it is one; else its own name. */
const char	*kpi_whole_of(const struct kpi_surface *, const char *type);

/* "function", "inline", "macro", "constant", "variable", "type", "member". */
const char	*kpi_kind_name(enum kpi_kind);

#endif /* KPI_SURFACE_H */
