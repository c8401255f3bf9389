/*
 * The sources of the page, taken in as they are.  Read page.h first.
 *
 * The assembler reads them, from the folder in which make runs; make knows
 * that this file depends on them.  Each ends in a zero, so it is a string.
 */
#include "page.h"

#include <string.h>

/* The files in the order in which the page has them, a symbol for each. */
#define	FILES(F)							\
	F(html, "page.html") F(css, "page.css") F(base, "base.js")	\
	F(prose, "prose.js") F(chart, "chart.js")			\
	F(ratios, "ratios.js") F(curves, "curves.js")			\
	F(detection, "detection.js") F(machine, "machine.js")		\
	F(table, "table.js") F(decision, "decision.js")			\
	F(scaling, "scaling.js") F(page, "page.js")

#define	TAKE_IN(symbol, file)						\
	__asm__(".pushsection .rodata\n"				\
	    "page_file_" #symbol ":\n"					\
	    ".incbin \"report/page/" file "\"\n"			\
	    ".byte 0\n"							\
	    ".popsection\n");						\
	extern const char page_file_##symbol[];
FILES(TAKE_IN)

#define	ENTRY(symbol, file)	{ file, page_file_##symbol },

const char *
rp_page_file(const char *name)
{
	static const struct {
		const char *name, *text;
	} files[] = { FILES(ENTRY) };

	for (unsigned i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		if (strcmp(files[i].name, name) == 0)
			return (files[i].text);
	return (NULL);
}
