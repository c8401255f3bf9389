/*
 * What lies where in the arena, as md_mem_name() was told.
 *
 * A table in order of address, without overlap: what is named anew is cut out
 * first, and neighbours that go on with the same items become one.
 */
#include <stdlib.h>
#include <string.h>

#include <machine/machine.h>
#include <machine/virtual/virtual.h>

static struct mem_name	*names;
static size_t		 nnames, room;

/* The first that ends beyond the address; nnames if none does. */
static size_t
first_beyond(uintptr_t a)
{
	size_t low = 0, high = nnames;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (names[mid].mn_end > a)
			high = mid;
		else
			low = mid + 1;
	}
	return (low);
}

static void
insert(size_t i, struct mem_name n)
{
	if (nnames == room) {
		room = room == 0 ? 256 : 2 * room;
		names = realloc(names, room * sizeof(*names));
		if (names == NULL)
			md_panic("md_mem_name: no memory for %zu names", room);
	}
	memmove(&names[i + 1], &names[i], (nnames - i) * sizeof(*names));
	names[i] = n;
	nnames++;
}

static void
take_out(size_t i, size_t n)
{
	memmove(&names[i], &names[i + n], (nnames - i - n) * sizeof(*names));
	nnames -= n;
}

void
mem_name_forget(uintptr_t start, uintptr_t end)
{
	size_t i = first_beyond(start), n = 0;

	if (i < nnames && names[i].mn_start < start) {
		struct mem_name rest = names[i];

		names[i++].mn_end = start;
		if (rest.mn_end > end) {
			rest.mn_start = end;
			insert(i, rest);
			return;
		}
	}
	while (i + n < nnames && names[i + n].mn_end <= end)
		n++;
	take_out(i, n);
	if (i < nnames && names[i].mn_start < end)
		names[i].mn_start = end;
}

/* If the i-th and the next are of one array, make them one. */
static void
join(size_t i)
{
	struct mem_name *a = &names[i], *b = a + 1;

	if (i + 1 >= nnames || a->mn_end != b->mn_start ||
	    a->mn_stride != b->mn_stride ||
	    strcmp(a->mn_type, b->mn_type) != 0 ||
	    (b->mn_base - a->mn_base) % a->mn_stride != 0)
		return;
	a->mn_end = b->mn_end;
	take_out(i + 1, 1);
}

void
md_mem_name(const void *p, size_t bytes, size_t stride, const char *type)
{
	uintptr_t start = (uintptr_t)p, end = start + bytes;
	size_t i;

	if (start < ARENA_BASE || stride == 0)
		md_panic("md_mem_name: %s at %p, of %zu bytes each", type, p,
		    stride);
	if (bytes == 0)
		return;
	mem_name_forget(start, end);
	i = first_beyond(start);
	insert(i, (struct mem_name){ start, end, start, stride, type });
	join(i);
	if (i > 0)
		join(i - 1);
}

const struct mem_name *
mem_name_of(uintptr_t a)
{
	size_t i = first_beyond(a);

	return (i < nnames && names[i].mn_start <= a ? &names[i] : NULL);
}
