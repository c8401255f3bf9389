/*
 * The machine: who ran where, hwloc's drawing, the matrix of transfers, the
 * environment, the processes of the run.
 */

const environment = data.environment || {};
const placements = Array.isArray(environment.placements) ?
    environment.placements.filter((p) => Array.isArray(p.workers)) : [];

/* Packages hold nodes hold L3s hold cores; a level that is null is left out. */
const LEVELS = ["package", "node", "l3", "core"];
const LEVEL_NAMES = { package: "Package", node: "Node", l3: "L3",
	core: "Core" };

function nest(workers, levels, draw) {
	if (levels.length === 0)
		return workers.map(draw);
	const [level, ...rest] = levels;

	return unique(workers.map((w) => w[level])).sort((a, b) => a - b)
	    .map((n) => {
		const inside = nest(workers.filter((w) => w[level] === n),
		    rest, draw);

		return n === null || n === undefined ? inside :
		    h("div", { class: `place ${level}`, title:
			`${LEVEL_NAMES[level]} ${n}` }, h("span", {},
			`${LEVEL_NAMES[level]} ${n}`),
		    h("div", {}, inside));
	    }).flat();
}

/* Every processor that any placement uses, with this one's workers on it. */
function drawPlacement(placement) {
	const processors = new Map();

	for (const p of placements)
		for (const w of p.workers)
			processors.set(w.cpu, w);
	const list = [...processors.values()].sort((a, b) => a.cpu - b.cpu);

	return h("div", { class: list.length > 32 ? "machine dense" :
	    "machine" }, nest(list, LEVELS, (pu) => {
		const here = placement.workers.filter((w) => w.cpu === pu.cpu)
		    .map((w) => w.worker);

		return h("div", { class: here.length > 0 ? "pu used" : "pu",
			title: `cpu ${pu.cpu}` },
		    h("b", {}, here.length > 0 ? here.join(",") : "·"),
		    h("span", {}, h("i", {}, "cpu "), String(pu.cpu)));
	}));
}

function placementFigure(parent) {
	const last = placements.length - 1;
	const box = h("div", { class: "scroll", tabindex: 0, role: "region",
		"aria-label": "Placement of workers" });
	const show = (n) => box.replaceChildren(drawPlacement(placements[n]));

	if (last < 0)
		return false;
	parent.append(h("div", { class: "controls" }, select("Placement",
	    placements.map((p, n) => [n, `${p.placement}, ` +
		plural(p.threads, "thread")]), last, (n) => show(+n))), box,
	h("p", { class: "note" }, "The large number is the worker on a " +
	    "processor; processors that no placement of this run uses are " +
	    "not shown."));
	show(last);
	return true;
}

function hwlocFigure(parent) {
	if (data.drawing === null)
		return false;
	/* An image cannot run what may stand in the file. */
	const text = data.drawing.replace(/(viewBox='[^']*)'/, (all) =>
	    all.replace(/px/g, ""));

	parent.append(h("details", { open: environment.pus <= 16 },
	h("summary", {}, "The whole machine, drawn by hwloc"),
	h("div", { class: "scroll", tabindex: 0, role: "region",
		"aria-label": "Drawing of the machine" },
	    h("img", { class: "hwloc", alt: "Topology of the machine: " +
		"packages, caches, cores and processors", src:
		"data:image/svg+xml;charset=utf-8," +
		encodeURIComponent(text) }))));
	return true;
}

/* Latency of a line's transfer between each pair of processors. */
function transferFigure(parent) {
	const line = data.line;

	if (line === null)
		return false;
	const pairs = data.transfer.pairs.filter((p) => p.ns_median > 0);
	const cpus = unique(pairs.flatMap((p) => [p.a, p.b]));
	const chart = new Chart("Latency between processors", (c, width) => {
		const left = 44, top = 34;
		const size = Math.max(4, Math.min(64,
		    (Math.min(width, 760) - left - 4) / cpus.length));
		const every = Math.ceil(26 / size);
		const index = new Map(cpus.map((cpu, n) => [cpu, n]));

		cpus.forEach((cpu, n) => {
			if (n % every !== 0)
				return;
			c.text(left - 6, top + (n + 0.5) * size + 4, { class:
				"tick", "text-anchor": "end" }, String(cpu));
			c.text(left + (n + 0.5) * size, top - 7, { class:
				"tick", "text-anchor": "middle" }, String(cpu));
		});
		c.text(0, 14, { class: "tick" }, "ns, cpu to cpu");
		for (const p of pairs)
			for (const [a, b] of [[p.a, p.b], [p.b, p.a]]) {
				const x = left + index.get(a) * size;
				const y = top + index.get(b) * size;
				const part = line.max > line.min ? 15 + 75 *
				    (p.ns_median - line.min) /
				    (line.max - line.min) : 45;

				c.add("rect", { x, y, width: size - 1,
					height: size - 1, style: "fill:color-" +
					"mix(in oklab, var(--accent) " +
					`${part.toFixed(0)}%, var(--paper))` });
				if (size >= 34)
					c.text(x + size / 2, y + size / 2 + 4,
					    { class: part > 70 ? "cell strong" :
						"cell", "text-anchor":
						"middle" },
					    p.ns_median.toFixed(0));
				c.marks.push({ x, y, w: size - 1, h: size - 1,
					tip: [`cpu ${a} ↔ cpu ${b}`,
					    `${nsText(p.ns_median)} one way`,
					    `${nsText(p.ns_min)} to ` +
					    nsText(p.ns_max), "the smallest " +
					    `thing that holds both: ${p.level}`
					] });
			}
		c.needs = left + cpus.length * size;
		return top + cpus.length * size + 4;
	});

	parent.append(h("p", { class: "note" }, "A line handed from one " +
	    `processor to another takes ${nsText(line.median)}` + (line.pairs >
	    1 ? ` in the median of ${line.pairs} pairs, ${nsText(line.min)} ` +
	    `to ${nsText(line.max)}` : "") + ". A word that changes hands at " +
	    `every operation serves at most ${rateText(line.per_s)} ` +
	    "operations a second: the ceiling above, which a design exceeds " +
	    "only where a thread has the word again before another. The " +
	    `line lies in node ${data.transfer.memory_node}; was that verified? ` +
	    `${data.transfer.verified}.`),
	chart.box);
	return true;
}

/* Rows [name, value] of an object, those inside it with a dotted name. */
function flat(object, prefix) {
	return Object.entries(object).flatMap(([k, v]) => {
		if (k === "placements" || k === "warnings" || k === "schema" ||
		    v === "Not affected")
			return [];
		return v !== null && typeof v === "object" &&
		    !Array.isArray(v) ? flat(v, prefix + k + ".") :
		    [[prefix + k, Array.isArray(v) ? v.map((x) =>
			isNumber(x) ? +x.toPrecision(4) : x).join(", ") :
			String(v)]];
	});
}

function environmentTable(parent) {
	const warnings = Array.isArray(environment.warnings) ?
	    environment.warnings : [];

	if (data.environment === null)
		return false;
	parent.append(...warnings.map((w) => h("p", { class: "warning" }, w)),
	    h("dl", { class: "facts" }, flat(environment, "").flatMap(
		([k, v]) => [h("dt", {}, k), h("dd", {}, v)])));
	return true;
}
