/*
 * Tables: sorted by a click on a header, narrowed by a filter.
 *
 * A column is {name, title, value(row), text(row)}: the value sorts, numbers
 * as numbers and what is missing last, and the text is shown.
 */

const isMissing = (v) => v === null || v === undefined ||
    (typeof v === "number" && isNaN(v));
const compareValues = (a, b) => typeof a === "number" &&
    typeof b === "number" ? a - b :
    String(a).localeCompare(String(b), "en", { numeric: true });

/* Missing values stay last whichever way the others go. */
function sortRows(rows, column, down) {
	return rows.map((row, at) => ({ row, at, v: column.value(row) }))
	    .sort((a, b) => isMissing(a.v) || isMissing(b.v) ?
		isMissing(a.v) - isMissing(b.v) || a.at - b.at :
		(down ? -1 : 1) * compareValues(a.v, b.v) || a.at - b.at)
	    .map((x) => x.row);
}

/* o: {id, label, columns, rows, filter} */
function sortableTable(o) {
	const body = h("tbody", {});
	const count = h("span", { class: "count", role: "status" });
	let words = [], by = -1, down = false;
	const lines = new Map(o.rows.map((row) => {
		const texts = o.columns.map((c) => c.text(row));

		return [row, { text: texts.join(" ").toLowerCase(),
			tr: h("tr", {}, texts.map((t, n) => h(n === 0 ? "th" :
			    "td", { scope: n === 0 ? "row" : null,
			    class: [o.columns[n].number ? "number" : "",
				o.columns[n].style ? o.columns[n].style(row) :
				    ""].join(" ").trim() || null }, t))) }];
	}));
	const fill = () => {
		const kept = o.rows.filter((r) => words.every((w) =>
		    lines.get(r).text.includes(w)));
		const sorted = by < 0 ? kept :
		    sortRows(kept, o.columns[by], down);

		body.replaceChildren(...sorted.map((r) => lines.get(r).tr));
		count.textContent = kept.length === o.rows.length ?
		    plural(kept.length, "row") :
		    `${kept.length} of ${plural(o.rows.length, "row")}`;
	};
	const heads = o.columns.map((c, n) => {
		const th = h("th", { scope: "col", "aria-sort": "none",
			class: c.number ? "number" : null },
		h("button", { type: "button", title: c.title || null,
			click: () => {
				down = by === n ? !down : false;
				by = n;
				heads.forEach((other) => other.setAttribute(
				    "aria-sort", "none"));
				th.setAttribute("aria-sort", down ?
				    "descending" : "ascending");
				fill();
			} }, c.name));

		return th;
	});
	const filter = h("input", { type: "search", placeholder: "Filter rows",
		"aria-label": `Filter: ${o.label}`, input: () => {
			words = filter.value.toLowerCase().split(/\s+/)
			    .filter((w) => w !== "");
			fill();
		} });

	fill();
	return h("div", { class: "sortable", id: o.id },
	    o.rows.length > 12 ? h("div", { class: "controls" }, filter,
		count) : null,
	    h("div", { class: "scroll tall", tabindex: 0, role: "region",
		"aria-label": o.label }, h("table", {},
	    h("thead", {}, h("tr", {}, heads)), body)));
}

/* Columns that many tables have. */
const textColumn = (name, get) => ({ name, value: get, text: (r) =>
    String(get(r)) });
const numberColumn = (name, title, get, text, none = "–") => ({ name, title,
	number: true, value: get,
	text: (r) => isNumber(get(r)) ? text(get(r)) : none });

/* A row for each implementation in each cell. */
const armRows = (impls) => data.cells.flatMap((cell) => impls.map((i) =>
    ({ cell, i, arm: cell.arms[i], k: cell.arms[i].contrast })));
const cellColumn = { ...textColumn("cell", (r) => r.cell.name) };
const implColumn = textColumn("implementation", (r) =>
    data.impls[r.i].name);
/* The baseline is not compared with itself. */
const ownRatio = (r) => r.i === data.base ? null : r.k.ratio;
const ratioOf = (r) => ownRatio(r) && ownRatio(r).median;
const verdictColumn = { name: "verdict", value: (r) =>
    verdictColumn.text(r), text: (r) => r.i === data.base ? "baseline" :
	r.k.text, style: (r) => r.k.verdict === FASTER ? "faster" :
	    r.k.verdict === SLOWER ? "slower" : "open" };
const intervalColumn = { name: "interval", title: "of the median ratio; " +
    "sorts by its lower end", number: true,
	value: (r) => ownRatio(r) && ownRatio(r).lo,
	text: (r) => intervalText(ownRatio(r), (v) => fixed(v, 2)) };

function cellsTable(parent) {
	const q = (name) => (r) => r.arm.latency ? r.arm.latency[name] : null;

	parent.append(sortableTable({ id: "cells-table", label: "Every cell",
		rows: armRows(shown).filter((r) => r.arm.rate !== null ||
		    r.k.why), columns: [cellColumn, implColumn,
		numberColumn("ops/s", "median throughput", (r) =>
		    r.arm.rate && r.arm.rate.median, rateText),
		numberColumn("ratio", "to the baseline of the same block",
		    ratioOf, (v) => v.toFixed(2)),
		intervalColumn,
		numberColumn("p", "corrected for the cells of the run (Holm)",
		    (r) => ownRatio(r) && r.k.p_holm, pText),
		verdictColumn,
		numberColumn("floor", "noise floor: how far two copies of " +
		    "one implementation came out apart", (r) => r.k.floor,
		    percent),
		numberColumn("MDE", "minimum detectable effect", (r) =>
		    r.k.mde, percent),
		numberColumn("fairness", "operations of the least thread " +
		    "over those of the most", (r) => r.arm.fairness,
		    (v) => v.toFixed(2)),
		numberColumn("Jain", "Jain's index of fairness", (r) =>
		    r.arm.jain, (v) => v.toFixed(3)),
		numberColumn("p50", "median latency", q("p50"), nsText),
		numberColumn("p99", "99th percentile of latency", q("p99"),
		    nsText)] }));
}

/* Cells in which a new design is resolved as slower, worst first. */
function lossesTable(parent) {
	const rows = armRows(candidates.filter((i) => data.impls[i].role ===
	    "new")).filter((r) => r.k.verdict === SLOWER)
	    .sort((a, b) => ratioOf(a) - ratioOf(b));
	const fair = (r, i) => r.cell.arms[i].fairness;

	if (data.base < 0)
		parent.append(absent("Nothing is compared in this run."));
	else if (rows.length === 0)
		parent.append(absent("In no cell is it resolved as slower."));
	else
		parent.append(sortableTable({ id: "losses-table", rows,
			label: "Resolved losses", columns: [cellColumn,
			implColumn, numberColumn("ratio", "", ratioOf, (v) =>
			    v.toFixed(2)), intervalColumn,
			numberColumn("fairness", "of this implementation",
			    (r) => fair(r, r.i), (v) => v.toFixed(2)),
			numberColumn("of the baseline", "its fairness",
			    (r) => fair(r, data.base), (v) =>
				v.toFixed(2))] }));
}

function countersTable(parent) {
	const rows = armRows(shown).filter((r) => r.arm.counters);
	const column = (name, title, key) => numberColumn(name, title, (r) =>
	    r.arm.counters[key], (v) => String(+v.toPrecision(3)), "n/a");

	if (rows.length === 0)
		return false;
	parent.append(sortableTable({ id: "counters-table", rows,
		label: "Counters", columns: [cellColumn, implColumn,
		column("CPU ns/op", "CPU time of all workers per operation",
		    "cpu_ns_per_op"),
		column("cycles/op", "", "cycles_per_op"),
		column("instr./op", "instructions", "instructions_per_op"),
		column("misses/op", "cache misses", "cache_misses_per_op"),
		column("switches/s", "context switches in a second of a thread",
		    "switches_per_s"),
		column("moves/s", "migrations between processors, in a " +
		    "second of a thread", "migrations_per_s"),
		column("faults/s", "page faults, in a second of a thread",
		    "faults_per_s")] }));
	return true;
}

function primitivesTable(parent) {
	const used = data.impls.map((_, i) => i).filter((i) =>
	    data.primitives.some((p) => p.ns[i] !== null));

	if (data.primitives.length === 0)
		return false;
	parent.append(sortableTable({ id: "bars-table", rows: data.bars,
		label: "Bars", columns: [textColumn("bar", (b) => b.name),
		numberColumn("limit", "", (b) => b.limit, (v) =>
		    v.toFixed(2)),
		numberColumn("median", "", (b) => b.value && b.value.median,
		    (v) => fixed(v, 2)),
		{ name: "interval", number: true, value: (b) => b.value &&
		    b.value.lo, text: (b) => intervalText(b.value, (v) =>
			fixed(v, 2)) },
		textColumn("unit", (b) => b.unit),
		textColumn("outcome", (b) => b.outcome)] }),
	h("h3", {}, "Nanoseconds of one operation"),
	sortableTable({ id: "primitives-table", rows: data.primitives,
		label: "Primitives", columns: [textColumn("row", (p) =>
		    p.row), ...used.map((i) => numberColumn(
		    data.impls[i].role === "reference" ? "(reference)" :
		    data.impls[i].name, "", (p) => p.ns[i] && p.ns[i].median,
		    (v) => v.toFixed(2)))] }));
	return true;
}

function processesTable(parent) {
	if (!Array.isArray(data.processes) || data.processes.length === 0)
		return false;
	parent.append(sortableTable({ id: "processes-table",
		label: "Processes of the run", rows: data.processes, columns: [
		numberColumn("process", "", (p) => p.process, String),
		numberColumn("link order", "seed of the order in which units " +
		    "were linked", (p) => p.link_order, String),
		numberColumn("environment, bytes", "length of its environment",
		    (p) => p.environment_bytes, String),
		numberColumn("load", "average over a minute when it began",
		    (p) => p.load, (v) => v.toFixed(2)),
		numberColumn("elapsed, s", "", (p) => p.elapsed_s, (v) =>
		    v.toFixed(1)), textColumn("came to its end", (p) =>
		    p.elapsed_s !== null || (data.size.ended &&
		    data.processes.length === 1) ? "yes" : "no")] }));
	return true;
}
