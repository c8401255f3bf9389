/*
 * Entry points that gcc calls for no C program: clang's, and a class's.
 */
#include <string.h>

#include "record.h"

#define	ENTRY(name)	void __tsan_##name(void *)
#define	ENTRIES(bytes)							\
ENTRY(read##bytes); ENTRY(write##bytes); ENTRY(read_write##bytes);	\
ENTRY(unaligned_read##bytes); ENTRY(unaligned_write##bytes);		\
ENTRY(unaligned_read_write##bytes);					\
ENTRY(volatile_read##bytes); ENTRY(volatile_write##bytes);		\
ENTRY(unaligned_volatile_read##bytes);					\
ENTRY(unaligned_volatile_write##bytes)
ENTRIES(1);
ENTRIES(2);
ENTRIES(4);
ENTRIES(8);
ENTRIES(16);
void	__tsan_read_range(void *, size_t);
void	__tsan_write_range(void *, size_t);
void	__tsan_vptr_read(void **);
void	__tsan_vptr_update(void **, void *);
void	__tsan_init(void);
void	__tsan_func_entry(void *);
void	__tsan_func_exit(void);
void	__tsan_ignore_thread_begin(void);
void	__tsan_ignore_thread_end(void);
void	*__tsan_memcpy(void *, const void *, size_t);
void	*__tsan_memmove(void *, const void *, size_t);
void	*__tsan_memset(void *, int, size_t);

/* The last byte of a line, and one that is the first of 16. */
#define	LAST	(at + 63)
#define	EVEN	(at + 16)

/* Run a statement and compare its events. */
#define	TELLS(expected, ...) do {					\
	record_begin();							\
	__VA_ARGS__;							\
	record_end();							\
	check(strcmp(record_text(), expected) == 0,			\
	    #__VA_ARGS__ ": \"%s\"", record_text());			\
} while (0)

#define	WIDTH(at, bytes, across) do {					\
	TELLS("r16 w16", __tsan_read##bytes(EVEN),			\
	    __tsan_write##bytes(EVEN));					\
	TELLS("r16 w16", __tsan_read_write##bytes(EVEN));		\
	TELLS("R16 W16", __tsan_volatile_read##bytes(EVEN),		\
	    __tsan_volatile_write##bytes(EVEN));			\
	TELLS("R63 W63", __tsan_unaligned_volatile_read##bytes(LAST),	\
	    __tsan_unaligned_volatile_write##bytes(LAST));		\
	TELLS("r63" across("r"), __tsan_unaligned_read##bytes(LAST));	\
	TELLS("w63" across("w"), __tsan_unaligned_write##bytes(LAST));	\
	TELLS("r63" across("r") " w63" across("w"),			\
	    __tsan_unaligned_read_write##bytes(LAST));			\
} while (0)
#define	WITHIN(kind)	""
#define	ACROSS(kind)	" " kind "64"

static void
accesses(char *at)
{
	WIDTH(at, 1, WITHIN);
	WIDTH(at, 2, ACROSS);
	WIDTH(at, 4, ACROSS);
	WIDTH(at, 8, ACROSS);
	WIDTH(at, 16, ACROSS);
	TELLS("r63 r64 r128", __tsan_read_range(LAST, 66));
	TELLS("w63 w64", __tsan_write_range(LAST, 65));
	TELLS("", __tsan_write_range(LAST, 0));
	TELLS("r16 w16", __tsan_vptr_read((void **)EVEN),
	    __tsan_vptr_update((void **)EVEN, at));
	TELLS("", __tsan_init(), __tsan_func_entry(at), __tsan_func_exit(),
	    __tsan_ignore_thread_begin(), __tsan_ignore_thread_end());
}

static void
blocks(char *at)
{
	memset(at, 1, 128);
	memset(at + 256, 2, 128);
	TELLS("r63 r64 w256", __tsan_memcpy(at + 256, LAST, 2));
	check(at[256] == 1 && at[257] == 1 && at[258] == 2,
	    "__tsan_memcpy copies");
	at[1] = 3;
	TELLS("r0 w1", __tsan_memmove(at + 1, at, 2));
	check(at[1] == 1 && at[2] == 3, "__tsan_memmove moves");
	TELLS("w63 w64", __tsan_memset(LAST, 4, 2));
	check(at[63] == 4 && at[64] == 4 && at[65] == 1, "__tsan_memset sets");
}

void
test_entries(void)
{
	accesses((char *)record_object);
	blocks((char *)record_object);
}
