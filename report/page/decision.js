/*
 * Is the bump justified: the decisions, the criteria behind them, and what
 * make kpi found.  Read table.js first; report/page_kpi.c makes the data.
 */

const kpi = data.kpi;

/* Text of RESULTS.md in a cell of a table: without its marks. */
const bare = (text) => (text || "").replace(/`/g, "");
const saysStyle = { for: "faster", against: "slower" };
const decisionStyle = { justified: "faster", "not justified": "slower" };
const wide = () => "wide";
const plain = (name, get) => textColumn(name, (r) => bare(get(r)));
const countColumn = (name, key) => numberColumn(name, "", (r) => +r[key],
    String);

function decisionTable() {
	const names = unique(kpi.criteria.map((c) => c.name));

	return sortableTable({ id: "decision-table", label: "Decisions",
		rows: kpi.steps, columns: [plain("step", (s) => s.step),
		{ ...textColumn("decision", (s) => s.decision),
			style: (s) => decisionStyle[s.decision] || "open" },
		...names.map((name, n) => ({ ...textColumn(name, (s) =>
		    s.says[n]), style: (s) => saysStyle[s.says[n]] ||
			"open" })),
		plain("KPI", (s) => s.verdict)] });
}

function criteriaTable() {
	return sortableTable({ id: "criteria-table", label: "Criteria",
		rows: kpi.criteria, columns: [plain("step", (c) => c.step),
		plain("criterion", (c) => c.name),
		{ ...plain("figure", (c) => c.says === "open" ?
		    `${c.figure} missing: ${c.missing}`.replace(/^- /, "") :
		    c.figure), style: wide },
		{ ...textColumn("says", (c) => c.says),
			style: (c) => saysStyle[c.says] || "open" },
		{ ...plain("for, if", (c) => c.bound), style: wide },
		{ ...plain("data", (c) => c.files), style: wide }] });
}

function regressionsTable() {
	return sortableTable({ id: "regressions-table", rows: kpi.regressions,
		label: "Regressions", columns: [
		plain("step", (c) => c.step), plain("cell", (c) => c.cell),
		numberColumn("ratio", "of throughput, within each round",
		    (c) => c.ratio.median, (v) => v.toFixed(2)),
		{ name: "interval", number: true, value: (c) => c.ratio.lo,
			text: (c) => intervalText(c.ratio, (v) =>
			    fixed(v, 2)) }] });
}

function verdictsTable() {
	return sortableTable({ id: "verdicts-table", rows: kpi.verdicts,
		label: "Verdicts on pairs of KPIs", columns: [
		plain("KPI", (v) => `${v.old} → ${v.new}`),
		plain("verdict", (v) => v.verdict),
		plain("FreeBSD", (v) => v.freebsd),
		{ ...plain("changes", (v) => v.changes), style: wide }] });
}

/* A row for each consumer and port, a column for each implementation. */
function matrixTable() {
	const impls = unique(kpi.matrix.map((m) => m.impl));
	const key = (m) => `${m.consumer}\t${m.port}`;
	const at = new Map(kpi.matrix.map((m) => [`${key(m)}\t${m.impl}`, m]));
	const rows = unique(kpi.matrix.map(key)).map((k) => ({ k,
		names: k.split("\t") }));
	const cell = (row, impl) => at.get(`${row.k}\t${impl}`);
	const said = (m) => m ? m.said : "–";

	return sortableTable({ id: "matrix-table", rows,
		label: "Consumers by port and implementation", columns: [
		plain("consumer", (row) => row.names[0]),
		plain("port", (row) => row.names[1]),
		...impls.map((impl) => ({ ...textColumn(impl, (row) =>
		    said(cell(row, impl))), style: (row) => said(cell(row,
			impl)) === "ok" ? "faster" : cell(row, impl) ?
			"slower" : "open" }))] });
}

function migrationTable() {
	return sortableTable({ id: "migration-table", rows: kpi.migration,
		label: "Migration", columns: [plain("consumer", (m) =>
		    m.consumer), countColumn("uses", "uses"),
		countColumn("converted", "converted"),
		countColumn("remaining", "remaining"),
		countColumn("comments", "comments"),
		countColumn("seconds", "seconds")] });
}

function remainingTable() {
	return sortableTable({ id: "remaining-table", rows: kpi.remaining,
		label: "Uses left to a person", columns: [
		plain("consumer", (u) => u.consumer),
		countColumn("line", "line"), plain("name", (u) => u.name),
		{ ...textColumn("text", (u) => u.text || ""),
			style: wide }] });
}

function decisionSection(body) {
	const parts = [["Regressions beyond 5 %", kpi.regressions,
	    regressionsTable, null], ["What changes", kpi.verdicts,
	    verdictsTable, "kpi_verdicts.tsv"], ["Who breaks", kpi.matrix,
	    matrixTable, "kpi_matrix.tsv"], ["How they migrate",
	    kpi.migration, migrationTable, "kpi_migration.tsv"],
	    ["Uses left to a person", kpi.remaining, remainingTable,
	    "kpi_remaining.tsv"]];

	body.append(decisionTable(), prose(kpi.words),
	    h("h3", {}, "The criteria"), criteriaTable());
	for (const [title, rows, table, file] of parts)
		if (rows.length > 0)
			body.append(h("h3", {}, title), table(),
			    ...(file === null ? [] : [how(file,
				"make kpi")]));
}

const decisionCommand = () => `build/report ${folder}` +
    (kpi.folder === null ? "" : ` --kpi ${shellWord(kpi.folder)}`) +
    ` --out ${shellWord(data.places.data)}`;
