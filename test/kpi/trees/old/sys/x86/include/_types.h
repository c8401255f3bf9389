/* Types of the machine, 32 bits and 64. */
typedef unsigned char	__uint8_t;
typedef unsigned short	__uint16_t;
