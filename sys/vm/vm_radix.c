/*
 * The trie of resident pages.
 *
 *	root -> [ level 2, owner 0x3000 ]	slots are the digit at the level
 *		   |3           |a
 *		 leaf 0x3301  [ level 0, owner 0x3a70 ]
 *				 |1            |f
 *			       leaf 0x3a71   leaf 0x3a7f
 *
 * A digit is four bits; level 0 is the lowest digit.  A node stands at the
 * highest level at which the indexes below it differ (path compression), and
 * its owner is their common part, lower digits zero.
 *
 * I1  every node has at least two children; a trie of one page is a leaf.
 * I2  the child in slot s has digit s at the node's level, and the owner's
 *     digits above it.
 * I3  the trie holds its pages' indexes nowhere but in the pages.
 *
 * Mirrors FreeBSD 10.4 sys/vm/vm_radix.c.  Differences: (1) the zone is not
 * filled in advance: it cannot fail but by vm_radix_set_max(); (2) the nearest
 * page is found from one descent and its recorded path, where FreeBSD restarts
 * with a changed index.
 */
#include <sys/systm.h>
#include <vm/uma.h>
#include <vm/vm_page.h>
#include <vm/vm_radix.h>

#define	VM_RADIX_WIDTH	4			/* bits of a digit */
#define	VM_RADIX_COUNT	(1 << VM_RADIX_WIDTH)	/* children of a node */
#define	VM_RADIX_MASK	(VM_RADIX_COUNT - 1)
#define	VM_RADIX_LIMIT	15			/* the highest level */
#define	VM_RADIX_ISLEAF	0x1			/* tag of a leaf */
_Static_assert((VM_RADIX_LIMIT + 1) * VM_RADIX_WIDTH ==
    8 * sizeof(vm_pindex_t), "levels cover an index");

/* (O) the lock of the object whose trie it is in. */
struct vm_radix_node {
	vm_pindex_t	rn_owner;	/* (O) */
	uint16_t	rn_count;	/* (O) children */
	uint16_t	rn_clev;	/* (O) level */
	uintptr_t	rn_child[VM_RADIX_COUNT]; /* (O) leaf, node or 0 */
};

static uma_zone_t vm_radix_node_zone;

void
vm_radix_zinit(void)
{

	vm_radix_node_zone = uma_zcreate_of("RADIX NODE",
	    struct vm_radix_node);
}

long
vm_radix_nodes(void)
{

	return (uma_zone_inuse(vm_radix_node_zone));
}

void
vm_radix_set_max(unsigned nodes)
{

	uma_zone_set_max(vm_radix_node_zone, nodes);
}

static inline bool
vm_radix_isleaf(uintptr_t p)
{
	return ((p & VM_RADIX_ISLEAF) != 0);
}

static inline vm_page_t
vm_radix_topage(uintptr_t p)
{
	return ((vm_page_t)(p & ~(uintptr_t)VM_RADIX_ISLEAF));
}

static inline struct vm_radix_node *
vm_radix_tonode(uintptr_t p)
{
	return ((struct vm_radix_node *)p);
}

static inline uintptr_t
vm_radix_leaf(vm_page_t m)
{
	return ((uintptr_t)m | VM_RADIX_ISLEAF);
}

/* The digit of index at a level. */
static inline int
vm_radix_slot(vm_pindex_t index, int level)
{
	return ((index >> (level * VM_RADIX_WIDTH)) & VM_RADIX_MASK);
}

/* The part of index above a level, which is the owner of a node there. */
static inline vm_pindex_t
vm_radix_trimkey(vm_pindex_t index, int level)
{
	int shift = level * VM_RADIX_WIDTH;

	/* In two steps, because a shift by all 64 bits is undefined. */
	return (index >> shift >> VM_RADIX_WIDTH << VM_RADIX_WIDTH << shift);
}

/* Is the index outside what can be below the node? */
static inline bool
vm_radix_keybarr(const struct vm_radix_node *rn, vm_pindex_t index)
{
	return (vm_radix_trimkey(index, rn->rn_clev) != rn->rn_owner);
}

/* The highest level at which two different indexes differ. */
static int
vm_radix_keydiff(vm_pindex_t a, vm_pindex_t b)
{
	int level = VM_RADIX_LIMIT;

	KASSERT(a != b, ("vm_radix_keydiff: %#llx twice",
	    (unsigned long long)a));
	while (vm_radix_slot(a ^ b, level) == 0)
		level--;
	return (level);
}

/* The least index that may be below p. */
static inline vm_pindex_t
vm_radix_key(uintptr_t p)
{
	return (vm_radix_isleaf(p) ? vm_radix_topage(p)->pindex :
	    vm_radix_tonode(p)->rn_owner);
}

/*
 * Follow index down from *link while it leads on; returns the last link: it is
 * empty, or a leaf, or a node that index is outside of.  *parent, if asked
 * for, is the link to the node that the last link is in, or NULL at the root.
 */
static uintptr_t *
vm_radix_descend(struct vm_radix *rt, vm_pindex_t index, uintptr_t **parent)
{
	struct vm_radix_node *rn;
	uintptr_t *link = &rt->rt_root;

	*parent = NULL;
	while (*link != 0 && !vm_radix_isleaf(*link)) {
		rn = vm_radix_tonode(*link);
		if (vm_radix_keybarr(rn, index))
			break;
		*parent = link;
		link = &rn->rn_child[vm_radix_slot(index, rn->rn_clev)];
	}
	return (link);
}

int
vm_radix_insert(struct vm_radix *rt, vm_page_t m)
{
	struct vm_radix_node *rn;
	uintptr_t *link, *parent;
	vm_pindex_t index = m->pindex, other;

	link = vm_radix_descend(rt, index, &parent);
	if (*link == 0) {
		*link = vm_radix_leaf(m);
		if (parent != NULL)
			vm_radix_tonode(*parent)->rn_count++;
		return (0);
	}
	other = vm_radix_key(*link);
	if (vm_radix_isleaf(*link) && other == index)
		panic("vm_radix_insert: index %#llx is taken by %p",
		    (unsigned long long)index,
		    (void *)vm_radix_topage(*link));
	rn = uma_zalloc(vm_radix_node_zone, M_NOWAIT | M_ZERO);
	if (rn == NULL)
		return (ENOMEM);
	rn->rn_count = 2;
	rn->rn_clev = vm_radix_keydiff(index, other);
	rn->rn_owner = vm_radix_trimkey(index, rn->rn_clev);
	rn->rn_child[vm_radix_slot(index, rn->rn_clev)] = vm_radix_leaf(m);
	rn->rn_child[vm_radix_slot(other, rn->rn_clev)] = *link;
	*link = (uintptr_t)rn;
	return (0);
}

/* Own loop, not vm_radix_descend(): the hottest path of all needs no links. */
vm_page_t
vm_radix_lookup(struct vm_radix *rt, vm_pindex_t index)
{
	struct vm_radix_node *rn;
	uintptr_t p = rt->rt_root;
	vm_page_t m;

	while (p != 0 && !vm_radix_isleaf(p)) {
		rn = vm_radix_tonode(p);
		if (vm_radix_keybarr(rn, index))
			return (NULL);
		p = rn->rn_child[vm_radix_slot(index, rn->rn_clev)];
	}
	if (p == 0)
		return (NULL);
	m = vm_radix_topage(p);
	return (m->pindex == index ? m : NULL);
}

/* The nearest child beside slot, upward or downward; 0 if none. */
static uintptr_t
vm_radix_beside(const struct vm_radix_node *rn, int slot, bool up)
{
	int step = up ? 1 : -1;

	for (slot += step; slot >= 0 && slot < VM_RADIX_COUNT; slot += step)
		if (rn->rn_child[slot] != 0)
			return (rn->rn_child[slot]);
	return (0);
}

/* The first page below p going up, or the first going down. */
static vm_page_t
vm_radix_edge(uintptr_t p, bool up)
{

	while (!vm_radix_isleaf(p)) {
		p = vm_radix_beside(vm_radix_tonode(p),
		    up ? -1 : VM_RADIX_COUNT, up);
		KASSERT(p != 0, ("vm_radix_edge: node without children"));
	}
	return (vm_radix_topage(p));
}

/*
 * The page nearest to index, itself included, upward or downward.
 *
 * The descent ends at p, which is empty, or lies wholly on one side of index
 * (or is it).  If that is the wrong side, the answer is the near edge of the
 * nearest subtree beside the path, and deeper in the path is nearer.
 */
static vm_page_t
vm_radix_near(struct vm_radix *rt, vm_pindex_t index, bool up)
{
	struct vm_radix_node *path[VM_RADIX_LIMIT + 1], *rn;
	uintptr_t p = rt->rt_root;
	int depth = 0;

	while (p != 0 && !vm_radix_isleaf(p)) {
		rn = vm_radix_tonode(p);
		if (vm_radix_keybarr(rn, index))
			break;
		path[depth++] = rn;
		p = rn->rn_child[vm_radix_slot(index, rn->rn_clev)];
	}
	if (p != 0 && (up ? vm_radix_key(p) >= index :
	    vm_radix_key(p) <= index))
		return (vm_radix_edge(p, up));
	while (depth-- > 0) {
		rn = path[depth];
		p = vm_radix_beside(rn, vm_radix_slot(index, rn->rn_clev), up);
		if (p != 0)
			return (vm_radix_edge(p, up));
	}
	return (NULL);
}

vm_page_t
vm_radix_lookup_ge(struct vm_radix *rt, vm_pindex_t index)
{

	return (vm_radix_near(rt, index, true));
}

vm_page_t
vm_radix_lookup_le(struct vm_radix *rt, vm_pindex_t index)
{

	return (vm_radix_near(rt, index, false));
}

/* The link to the page with this index; panics if there is none. */
static uintptr_t *
vm_radix_find(struct vm_radix *rt, vm_pindex_t index, uintptr_t **parent)
{
	uintptr_t *link;

	link = vm_radix_descend(rt, index, parent);
	if (*link == 0 || !vm_radix_isleaf(*link) ||
	    vm_radix_key(*link) != index)
		panic("vm_radix: no page at index %#llx",
		    (unsigned long long)index);
	return (link);
}

vm_page_t
vm_radix_remove(struct vm_radix *rt, vm_pindex_t index)
{
	struct vm_radix_node *rn;
	uintptr_t *link, *parent;
	vm_page_t m;

	link = vm_radix_find(rt, index, &parent);
	m = vm_radix_topage(*link);
	*link = 0;
	if (parent == NULL)
		return (m);
	rn = vm_radix_tonode(*parent);
	rn->rn_count--;
	if (rn->rn_count == 1) {
		/* I1: the child that is left takes the node's place. */
		*parent = vm_radix_beside(rn, -1, true);
		uma_zfree(vm_radix_node_zone, rn);
	}
	return (m);
}

vm_page_t
vm_radix_replace(struct vm_radix *rt, vm_page_t m)
{
	uintptr_t *link, *parent;
	vm_page_t old;

	link = vm_radix_find(rt, m->pindex, &parent);
	old = vm_radix_topage(*link);
	*link = vm_radix_leaf(m);
	return (old);
}

/* Free the nodes from p down; at most VM_RADIX_LIMIT + 1 calls deep. */
static void
vm_radix_reclaim(uintptr_t p)
{
	struct vm_radix_node *rn;

	if (p == 0 || vm_radix_isleaf(p))
		return;
	rn = vm_radix_tonode(p);
	KASSERT(rn->rn_count >= 2, ("vm_radix_reclaim: %p has %u children",
	    (void *)rn, rn->rn_count));
	for (int slot = 0; slot < VM_RADIX_COUNT; slot++)
		vm_radix_reclaim(rn->rn_child[slot]);
	uma_zfree(vm_radix_node_zone, rn);
}

void
vm_radix_reclaim_allnodes(struct vm_radix *rt)
{

	vm_radix_reclaim(rt->rt_root);
	rt->rt_root = 0;
}
