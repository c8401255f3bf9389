/* Types of the machine. */
#include <x86/_types.h>
