/* Sizes of the machine. */
#define	PAGE_SIZE	4096
