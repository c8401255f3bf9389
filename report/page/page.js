/*
 * The page: its sections in their order.  A section whose data were not
 * measured says so and stays.
 */

const main = document.getElementById("main");
const baseName = data.base >= 0 ? data.impls[data.base].name : "a baseline";
const ready = data.cells.length > 0 && data.base >= 0;

function section(id, title, note, fill, footer) {
	const body = h("section", { id, "aria-labelledby": id + "-title" },
	    h("h2", { id: id + "-title" }, title),
	    note ? h("p", { class: "note" }, note) : null);

	main.append(body);
	if (fill(body) === false)
		body.append(absent("Not measured in this run."));
	else if (footer)
		body.append(footer);
	return body;
}

/* A command below a figure that changes with what is chosen in it. */
function changing(table, text) {
	const place = h("div", {});

	return { place, set: (v) => place.replaceChildren(how(table(v),
	    drawCommand(), text(v))) };
}

function header() {
	const e = environment;
	const facts = [e.cpu_model, isNumber(e.pus) ? plural(e.pus,
	    "processor") : null, isNumber(e.nodes) ? plural(e.nodes, "node") :
	    null, plural(data.size.cells, "cell"), data.processes &&
	    data.processes.length > 1 ? `${data.processes.length} processes` :
	    null, plural(data.size.rounds, "round"), e.run_id,
	typeof e.commit === "string" ? `commit ${e.commit.slice(0, 12)}` +
	    (e.dirty ? ", dirty" : "") : null];
	const theme = document.documentElement.dataset;
	const button = h("button", { type: "button", id: "theme" });
	const say = () => {
		button.textContent = theme.theme === "dark" ? "Light" : "Dark";
		button.setAttribute("aria-label", "Change to " +
		    `${button.textContent.toLowerCase()} colours`);
	};
	const dark = matchMedia("(prefers-color-scheme: dark)");
	const follow = () => {
		theme.theme = dark.matches ? "dark" : "light";
		say();
	};

	dark.addEventListener("change", follow);
	button.addEventListener("click", () => {
		dark.removeEventListener("change", follow);
		theme.theme = theme.theme === "dark" ? "light" : "dark";
		say();
	});
	follow();
	if (typeof e.cpu_model === "string")
		document.title += ", on " + e.cpu_model;
	document.getElementById("top").append(h("div", {}, h("h1", {},
	    "FreeBSD page busying, old and new"), h("p", {},
	    facts.filter((f) => f !== null && f !== undefined).join(" · "))),
	button);
}

/* Cells by verdict of each implementation, as a bar and as numbers. */
function tallyTable() {
	const kinds = ["faster", "slower", "not resolved"];
	const at = kinds.map(verdictIndex);
	const rest = (t) => t.count.reduce((a, b) => a + b, 0) -
	    at.reduce((sum, k) => sum + t.count[k], 0);
	const row = (i) => {
		const t = data.impls[i].tally;
		const counts = [...at.map((k) => t.count[k]), rest(t)];

		return h("tr", {}, h("th", { scope: "row" }, h("i", { class:
			"swatch", style: colourOf(i) }), data.impls[i].name),
		h("td", { class: "strip" }, h("div", { class: "stack",
			"aria-hidden": "true" }, ["faster", "slower", "open",
			"none"].map((c, k) => counts[k] === 0 ? null :
		    h("i", { class: c, style: `flex:${counts[k]}` })))),
		counts.map((n) => h("td", { class: "number" }, String(n))),
		h("td", { class: "number" }, ratioText(t.median)));
	};

	return h("div", { class: "scroll", tabindex: 0, role: "region",
		"aria-label": "Cells by verdict" }, h("table", { class:
		"tally" }, h("thead", {}, h("tr", {}, ["against " + baseName,
		"", ...kinds, "no verdict", "median ratio"].map((t, n) =>
	    h("th", { scope: "col", class: n > 1 ? "number" : null }, t)))),
	h("tbody", {}, compared.map(row))));
}

/* How far the machine moved; beyond the limit a warning stands above. */
function driftLine(d) {
	const moved = (v) => isNumber(v) ? (v >= 1 ? "+" : "−") +
	    percent(Math.abs(v - 1)) : "n/a";

	return h("p", { class: "note" }, "Drift: " +
	    `${moved(d.worst)} within process ${d.process}, the worst; ` +
	    `${moved(d.run)} over the run.`);
}

/* The first paragraphs; the others open on demand. */
function folded(text, most) {
	const rest = [...text.children].slice(most);

	if (rest.length > 0)
		text.append(h("details", {}, h("summary", {},
		    `and ${rest.length} more`), rest));
	return text;
}

function answer(body) {
	const one = environment.nodes === 1 || environment.packages === 1;

	body.append(prose(data.warnings));
	body.append(h("div", { class: "verdict" },
	    folded(prose(data.verdict), 4)));
	if (ready)
		body.append(tallyTable());
	if (data.drift !== null)
		body.append(driftLine(data.drift));
	if (one)
		body.append(h("p", { class: "note" }, "This machine has " +
		    `${plural(environment.nodes, "node")} and ` +
		    `${plural(environment.pus, "processor")}. What distance ` +
		    "between nodes does, and how either design scales over " +
		    "many processors, it cannot tell. ",
		machines.length > 0 ? h("a", { href:
			"#scaling-on-simulated-machines" },
		"What simulated machines say of it") : null, " ", h("a", { href:
			"#what-was-not-measured" }, "What was not measured")));
}

function rawLinks(body) {
	if (data.links.length === 0)
		return false;
	body.append(h("ul", { class: "links" }, data.links.map((l) =>
	    h("li", {}, h("a", { href: l.href }, l.name)))));
	return true;
}

function ratioSections() {
	const measured = (draw) => (body) => ready ? draw(body) : false;

	section("the-answer", "The answer", null, answer);
	section("every-cell-at-a-glance", "Every cell at a glance",
	    "A mark is a cell, named workload/variant/sharing/tN: what one " +
	    "operation is, whether the N threads work on objects of their " +
	    "own (private), pages of one object (shared) or one page " +
	    "(same); docs/WORKLOADS.md has all names. Circle: one thread; " +
	    "triangle: more. Filled: resolved, that is, different after " +
	    "correction for all cells and beyond what identical code " +
	    "shows. The line through it is the 95 % interval of its median.",
	    measured(summaryFigure), how("summary.tsv", drawCommand()));
	section("where-the-new-design-loses", "Where the new design loses",
	    null, lossesTable, how("cells.tsv", drawCommand()));
	section("is-the-bump-justified", "Is the bump justified", "Whether a " +
	    "step is worth what it asks of those who use the KPI, by one " +
	    "rule over seven criteria (docs/KPI-CASE.md, section 4).",
	    decisionSection, how("decision.tsv", decisionCommand()));
	section("speed-up-map", "Speed-up map", "Throughput relative to " +
	    `${baseName}, of every cell and implementation.`,
	    measured(mapFigure), how("speedup.tsv", drawCommand()));
}

function curveSections() {
	const throughput = changing((w) => w === "" ? "cells.tsv" :
	    `throughput-${w}.tsv`, (w) => measureCommand((w === "" ? "" :
	    `--workload ${shellWord(w)} `) + "--time-budget 60"));
	const latency = changing(() => "latency.tsv", (c) => measureCommand(
	    `--workload ${shellWord(c.workload)} --latency`));

	section("throughput", "Throughput against threads",
	    "Operations a second: median, and the interval of it as a band. " +
	    "Dashed: what threads would do that cost each other nothing, a " +
	    "bent line because the axis of threads is logarithmic. Each " +
	    "panel has a scale of its own. An asterisk: its single thread " +
	    "is another panel's, because one thread shares with nobody.",
	    (body) =>
	    data.cells.length > 0 && throughputFigure(body, throughput.set),
	    throughput.place);
	section("what-each-step-contributes", "What each step contributes",
	    "Each step is an implementation of its own; together they " +
	    "multiply to the total. Hatched: the step is not resolved.",
	    (body) => ready ? stepsFigure(body) : false,
	    how("attribution.tsv", drawCommand()));
	section("scaling-on-simulated-machines",
	    "Scaling on simulated machines", null, scalingSection);
	section("latency", "Latency", "The share of operations that took " +
	    "longer than a time; both axes are logarithmic. Measured in a " +
	    "pass of its own, timer included.",
	    (body) => latencyFigure(body, latency.set), latency.place);
	section("where-the-time-goes-by-lock", "Where the time goes, by lock",
	    "Waiting in an operation, by type of lock, in windows of their " +
	    "own: counting changes who meets whom, so this says which lock " +
	    "is waited for, not what it costs above. Each cell has a scale " +
	    "of its own; the figure beside a bar is its sum.", waitingFigure,
	    how("locks.tsv", drawCommand(),
		measureCommand("--stats --time-budget 60")));
	section("what-could-have-been-seen", "What each cell could have seen",
	    "The minimum detectable effect: a difference of this size would " +
	    "have been resolved four times in five; farther left is better. " +
	    "Circle: one thread; triangle: more. Filled: the difference that " +
	    "was measured is resolved.", (body) =>
	    ready ? mdeFigure(body) : false, how("noise.tsv", drawCommand()));
	section("what-the-lab-can-see", "What the lab can see", "Copies of " +
	    "an implementation, slowed by a known amount: how often each is " +
	    "called different, with the exact 95 % interval of that share. " +
	    "At 0 % every call is a false alarm. Dashed: what is required " +
	    "of the lab, at most 5 % there, and at least 95 % from 5 % on.",
	    detectionFigure,
	    how("detection.tsv", "make self-test"));
}

function tableSections() {
	section("every-cell", "Every cell", "A click on a header sorts, a " +
	    "second one the other way.", (body) => data.cells.length > 0 ?
	    cellsTable(body) : false, how("cells.tsv", drawCommand()));
	section("counters", "Counters", "Of all workers within the windows; " +
	    "n/a where the machine does not tell.", countersTable,
	    how("events.tsv", drawCommand()));
	section("primitives", "Primitives and their bars", "On one thread, " +
	    "uncontended, each against a bar set beforehand: met at or below " +
	    "the limit.", primitivesTable, how("primitives.tsv",
	    `build/report ${folder} --bars`));
}

function machineSections() {
	section("placement", "The machine and who ran where", null, (body) => {
		const drawn = placementFigure(body);

		return hwlocFigure(body) || drawn;
	}, how("environment.json", pageCommand()));
	section("transfer", "Between processors", null, transferFigure,
	    how("transfer.tsv", drawCommand()));
	section("the-environment", "The environment", null, environmentTable,
	    how("environment.json", pageCommand()));
	section("processes", "The processes of the run", null,
	    processesTable, how("rounds.jsonl", pageCommand()));
	section("how-it-was-measured", "How it was measured", null,
	    (body) => body.append(prose(data.method)),
	    how("rounds.jsonl", data.run && typeof data.run.command ===
		"string" ? data.run.command : pageCommand()));
	section("what-was-not-measured", "What was not measured", null,
	    (body) => body.append(prose(data.missing)));
	section("raw-data", "Raw data", null, rawLinks);
}

function contents() {
	const links = [...main.querySelectorAll("section")].map((e) =>
	    h("li", {}, h("a", { href: "#" + e.id },
		e.querySelector("h2").textContent)));
	const list = h("details", {}, h("summary", {}, "Contents"),
	    h("ol", {}, links));

	if (matchMedia("(min-width: 1200px)").matches)
		list.open = true;
	document.getElementById("contents").append(list);
}

header();
ratioSections();
curveSections();
tableSections();
machineSections();
contents();
