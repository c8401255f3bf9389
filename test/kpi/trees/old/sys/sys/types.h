/* Types of the miniature. */
#ifndef _SYS_TYPES_H_
#define	_SYS_TYPES_H_

#include <machine/_types.h>

typedef __uint8_t	uint8_t;
typedef __uint16_t	uint16_t;
typedef unsigned int	u_int;
typedef unsigned char	u_char;
typedef unsigned short	u_short;
typedef unsigned long	u_long;
typedef struct vm_page	*vm_page_t;
typedef struct vm_object *vm_object_t;
typedef u_long		vm_pindex_t;

#define	NULL	((void *)0)
#define	TRUE	1
#define	FALSE	0

#endif /* _SYS_TYPES_H_ */
