/*
 * Paragraphs, quotes, lists and tables of RESULTS.md as elements: what the
 * report writes and no more of Markdown.  Text becomes text nodes, so nothing
 * in it can turn into markup.
 */

/* `code`, **bold**, [text](#place); places that the page lacks are text. */
function inline(text) {
	const parts = text.split(
	    /(`[^`]*`|\*\*.+?\*\*|!?\[[^\]]*\]\([^)]*\))/);

	return parts.filter((p) => p !== "").map((p) => {
		const link = /^\[([^\]]*)\]\(([^)]*)\)$/.exec(p);

		if (/^`.*`$/.test(p))
			return h("code", {}, p.slice(1, -1));
		if (/^\*\*.+\*\*$/.test(p))
			return h("strong", {}, ...inline(p.slice(2, -2)));
		if (link === null)
			return p;
		return link[2].startsWith("#") &&
		    document.getElementById(link[2].slice(1)) !== null ?
		    h("a", { href: link[2] }, ...inline(link[1])) :
		    h("span", {}, ...inline(link[1]));
	});
}

/* Cells of a row; an escaped bar does not end one. */
const rowCells = (line) => line.replace(/^\||\|$/g, "").split(/(?<!\\)\|/)
    .map((c) => c.trim().replace(/\\\|/g, "|"));

function proseTable(lines) {
	const row = (line, tag) => h("tr", {}, rowCells(line).map((c) =>
	    h(tag, {}, ...inline(c))));

	return h("div", { class: "scroll", tabindex: 0, role: "region",
		"aria-label": "Table" }, h("table", {},
	    h("thead", {}, row(lines[0], "th")),
	    h("tbody", {}, lines.slice(2).map((l) => row(l, "td")))));
}

/* Long lists fold: they are looked into, not read through. */
const FOLD = 400;
function item(line) {
	const text = line.slice(2);
	const cut = text.lastIndexOf(": ", FOLD);

	if (text.length <= FOLD || cut < 0)
		return h("li", {}, ...inline(text));
	return h("li", {}, h("details", {}, h("summary", {},
	    ...inline(text.slice(0, cut) + " …")), ...inline(text.slice(cut + 2))));
}

/* Blocks of text as elements; headings are left to the page. */
function prose(text) {
	const out = h("div", { class: "prose" });
	const blocks = (text || "").split(/\n{2,}/);

	for (const block of blocks) {
		const lines = block.split("\n").filter((l) => l !== "");
		const items = lines.filter((l) => l.startsWith("- "));
		const rest = lines.filter((l) => !l.startsWith("- ") &&
		    !l.startsWith("#"));

		if (rest.length > 1 && rest[0].startsWith("|"))
			out.append(proseTable(rest));
		else if (rest.length > 0 && rest[0].startsWith("> "))
			out.append(h("p", { class: "warning" },
			    ...inline(rest.map((l) => l.replace(/^> /, ""))
				.join(" "))));
		else
			out.append(...rest.map((l) => h("p", {},
			    ...inline(l))));
		if (items.length > 0)
			out.append(h("ul", {}, items.map(item)));
	}
	return out;
}
