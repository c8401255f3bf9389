/*
 * Figures of ratios: every cell as a mark, the map, the steps, and what each
 * cell could have seen.  Read chart.js first.
 */

/* What is said of an implementation in a cell. */
function armTip(cell, i) {
	const arm = cell.arms[i], k = arm.contrast;
	const lines = [`${data.impls[i].name} in ${cell.name}`];

	if (k.ratio !== null)
		lines.push(`${ratioText(k.ratio.median)} ` +
		    intervalText(k.ratio, ratioText));
	lines.push(k.text + (k.why ? ": " + k.why : ""));
	if (isNumber(k.p_holm))
		lines.push(`p ${pText(k.p_holm)} corrected, of ` +
		    plural(k.ratio.n, data.replicate));
	if (isNumber(k.floor))
		lines.push(`noise floor ±${percent(k.floor)}`);
	if (arm.rate !== null)
		lines.push(`${rateText(arm.rate.median)} operations/s`);
	if (isNumber(arm.fairness))
		lines.push(`fairness ${fixed(arm.fairness, 2)}`);
	return lines;
}

const workloads = unique(data.cells.map((c) => c.workload));
const ofWorkload = (w) => data.cells.filter((c) => c.workload === w);
const innerName = (c) => c.name.slice(c.workload.length + 1);

/*
 * One mark for each cell and implementation, in a band for each workload and
 * a lane for each implementation.  value(arm) is {x, lo, hi} or null.
 */
function bands(chart, width, o) {
	const lanes = candidates.filter((i) => !o.hidden.has(i));
	const narrow = width < 640, left = narrow ? 8 : 118;
	const top = 24, head = narrow ? 18 : 0;
	const lane = Math.max(6, Math.min(14, 420 / (lanes.length || 1)));
	const band = lanes.length * lane + 10 + head;
	const bottom = top + workloads.length * band;
	const [a, b] = o.range(lanes);
	const at = logarithmic(a, b, left + 6, width - 12);

	workloads.forEach((w, k) => {
		const y = top + k * band;

		if (k % 2 === 0)
			chart.add("rect", { class: "band", x: left, y,
				width: width - left, height: band });
		chart.text(narrow ? left + 4 : left - 10,
		    narrow ? y + 14 : y + band / 2 + 4, { class: "label",
			"text-anchor": narrow ? "start" : "end" }, w);
	});
	chart.axisX(bottom, left, width, logTicks(a, b, at, 46, o.keep), at,
	    o.text, top, o.title);
	if (o.keep !== undefined) {
		chart.add("line", { class: "one", x1: at(o.keep),
			x2: at(o.keep), y1: top, y2: bottom });
		chart.text(at(1) - 8, top - 8, { class: "tick",
			"text-anchor": "end" }, "slower ◂");
		chart.text(at(1) + 8, top - 8, { class: "tick" }, "▸ faster");
	}
	workloads.forEach((w, k) => lanes.forEach((i, l) => {
		const g = chart.add("g", { class: "series", "data-impl": i,
			style: colourOf(i) });
		const cells = ofWorkload(w);

		cells.forEach((c, n) => {
			const v = o.value(c.arms[i]);
			const y = top + k * band + head + 5 + l * lane + 1.5 +
			    (n + 0.5) / cells.length * (lane - 3);

			if (v === null)
				return;
			const clip = (x) => at(Math.max(a, Math.min(b, x)));
			if (isNumber(v.lo) && isNumber(v.hi))
				g.append(svg("line", { class: "whisker",
					x1: clip(v.lo), x2: clip(v.hi),
					y1: y, y2: y }));
			g.append(symbol(at(v.x), y, c.threads > 1, { class:
				resolved(c.arms[i]) ? "mark" : "mark open" }));
			chart.marks.push({ x: at(v.x), y, tip: armTip(c, i) });
		});
	}));
	return bottom + 40;
}

/* The range of the summary: every mark, and intervals that are not wide. */
function ratioRange(lanes) {
	let a = 0.9, b = 1.15;

	for (const c of data.cells)
		for (const i of lanes) {
			const r = c.arms[i].contrast.ratio;

			if (r === null || !(r.median > 0))
				continue;
			a = Math.min(a, r.median, r.lo > r.median / 2.2 ?
			    r.lo : 1);
			b = Math.max(b, r.median, r.hi < r.median * 2.2 ?
			    r.hi : 1);
		}
	return [a * 0.93, b * 1.07];
}

function summaryFigure(parent) {
	const hidden = new Set();
	const chart = new Chart("Every cell against the baseline",
	    (c, width) => bands(c, width, { hidden, range: ratioRange,
		keep: 1, text: (v) => v + "×",
		title: `throughput relative to ${data.impls[data.base].name}`,
		value: (arm) => arm.contrast.ratio !== null &&
		    arm.contrast.ratio.median > 0 ? { x:
		    arm.contrast.ratio.median, lo: arm.contrast.ratio.lo,
			hi: arm.contrast.ratio.hi } : null }));

	parent.append(legend(implEntries(candidates), hidden,
	    () => chart.render()), chart.box);
}

function mdeFigure(parent) {
	const hidden = new Set();
	const all = data.cells.flatMap((c) => candidates.map((i) =>
	    c.arms[i].contrast.mde)).filter((v) => v > 0);
	const chart = new Chart("Minimum detectable effect of every cell",
	    (c, width) => bands(c, width, { hidden,
		range: () => [Math.min(...all) / 1.2, Math.max(...all) * 1.2],
		text: (v) => percent(v), title: "minimum detectable effect",
		value: (arm) => arm.contrast.mde > 0 ?
		    { x: arm.contrast.mde } : null }));

	if (all.length === 0)
		parent.append(absent("With so few " +
		    `${data.replicate === "round" ? "rounds" : "processes"} ` +
		    "no effect, however large, passes the correction."));
	else
		parent.append(legend(implEntries(candidates), hidden,
		    () => chart.render()), chart.box);
}

/* The colour of a resolved ratio: full at a factor of four either way. */
function ratioColour(ratio) {
	const strength = Math.min(1, Math.abs(Math.log2(ratio)) / 2);
	const part = Math.round(14 + 86 * strength ** 0.7);

	return { fill: `color-mix(in oklab, var(${ratio > 1 ? "--faster" :
	    "--slower"}) ${part}%, var(--paper))`, strong: part > 80 };
}

function mapCell(chart, cell, i, x, y, w, hatched) {
	const arm = cell.arms[i], k = arm.contrast;
	const box = { x: x + 1, y: y + 1, width: w - 2, height: 16 };
	let kind = "faint", text = k.ratio === null ? "–" :
	    fixed(k.ratio.median, 2);

	if (resolved(arm)) {
		const c = ratioColour(k.ratio.median);

		chart.add("rect", { ...box, style: `fill:${c.fill}` });
		kind = c.strong ? "strong" : "plain";
	} else if (k.ratio !== null) {
		chart.add("rect", { ...box, fill: hatched });
	} else if (data.verdicts[k.verdict] === "failed") {
		chart.add("rect", { ...box, class: "failed" });
		[kind, text] = ["plain", "failed"];
	} else if (data.verdicts[k.verdict] === "skipped") {
		text = "skip";
	}
	chart.text(x + w / 2, y + 13, { class: `cell ${kind}`,
		"text-anchor": "middle" }, text);
	chart.marks.push({ x: x + 1, y: y + 1, w: w - 2, h: 16,
		tip: armTip(cell, i) });
}

/* Rows of the map: a workload's name, then its cells; cut into pages. */
function mapRows(pages) {
	const rows = workloads.flatMap((w) => [w, ...ofWorkload(w)]);
	const size = Math.ceil(rows.length / pages) + (pages > 1 ? 1 : 0);
	const out = [[]];

	for (const row of rows) {
		let page = out[out.length - 1];

		/* No name of a workload at the foot of a page. */
		if (page.length + (typeof row === "string" ? 2 : 1) > size) {
			page = [];
			out.push(page);
			if (typeof row !== "string")
				page.push(row.workload);
		}
		page.push(row);
	}
	return out;
}

function mapFigure(parent) {
	const longest = Math.max(...data.cells.map((c) =>
	    innerName(c).length), 8);
	const head = 18 + 4.6 * Math.max(...compared.map((i) =>
	    data.impls[i].name.length));
	const chart = new Chart("Speed-up of every cell", (c, width) => {
		const label = 6.7 * longest + 14;
		const column = Math.max(40, Math.min(54,
		    (width - label - 30) / compared.length));
		const page = label + compared.length * column + 26;
		const pages = mapRows(Math.max(1, Math.min(3,
		    Math.floor((width + 40) / page))));
		const hatched = hatch(c, "");

		c.needs = pages.length * page;
		pages.forEach((rows, p) => {
			const x = p * page + label;

			compared.forEach((i, n) => c.text(0, 0, {
				class: "label", transform: `translate(${x +
				    (n + 0.4) * column} ${head - 6}) ` +
				    "rotate(-32)" }, data.impls[i].name));
			rows.forEach((row, k) => {
				const y = head + k * 18;

				if (typeof row === "string") {
					c.text(x - 8, y + 14, { class:
						"label heavy", "text-anchor":
						"end" }, row);
					return;
				}
				c.text(x - 8, y + 13, { class: "cell name",
					"text-anchor": "end" },
				    innerName(row));
				compared.forEach((i, n) => mapCell(c, row, i,
				    x + n * column, y, column, hatched));
			});
		});
		return head + 18 * Math.max(...pages.map((r) => r.length)) + 6;
	});
	const key = (style, text) => h("span", {}, h("i", { class:
		"square " + style }), text);

	parent.append(h("p", { class: "key" }, key("slower", "slower"),
	    key("faster", "faster; the darker, the farther from 1"),
	    key("hatched", "not resolved")), chart.box);
}

/* From the baseline by steps to the last design, on a logarithmic axis. */
function stepsDrawing(chart, width, cell) {
	const s = cell.steps, narrow = width < 640, row = narrow ? 44 : 30;
	const left = narrow ? 10 : 290, top = 8;
	let sums = [1];

	for (const ratio of s.ratio)
		sums.push(sums[sums.length - 1] * ratio);
	sums = sums.map((v) => Math.max(v, 1e-6));
	const a = Math.min(0.9, ...sums) * 0.94;
	const b = Math.max(1.1, ...sums) * 1.06;
	const at = logarithmic(a, b, left, width - 70);
	const rows = s.ratio.length + 2, bottom = top + rows * row;
	const bar = (k, from, to, props, name, text, tip) => {
		const y = top + k * row + (narrow ? 18 : 5), h = 18;
		const x = Math.min(at(from), at(to));
		const w = Math.max(2, Math.abs(at(to) - at(from)));

		chart.text(narrow ? left : left - 12, narrow ? y - 5 : y + 13,
		    { class: "label", "text-anchor": narrow ? "start" : "end" },
		    name);
		chart.add("rect", { x, y, width: w, height: h, ...props });
		chart.text(Math.max(at(from), at(to)) + 7, y + 13,
		    { class: "cell" }, text);
		chart.marks.push({ x, y, w, h, tip });
	};

	chart.axisX(bottom, left, width - 12, logTicks(a, b, at, 46, 1), at,
	    (v) => v + "×", top, "throughput, the baseline is 1");
	bar(0, 1, 1, { class: "step base" }, data.impls[data.base].name, "1×",
	    [data.impls[data.base].name, "where the steps start"]);
	/* From the end of each bar down to where the next one starts. */
	sums.forEach((v, k) => narrow || chart.add("line", { class: "join",
		x1: at(v), x2: at(v), y1: top + k * row + 23,
		y2: top + (k + 1) * row + 5 }));
	s.ratio.forEach((ratio, k) => {
		const step = data.steps[k];
		const i = data.impls.findIndex((m) => m.name === step.impl);
		const done = s.verdict[k] === FASTER || s.verdict[k] === SLOWER;

		bar(k + 1, sums[k], sums[k + 1], done ? { class: "step",
			style: colourOf(i) } : { class: "step open",
			style: colourOf(i) + ";fill:" +
			    hatch(chart, colourOf(i)) },
		    `${step.what} · ${step.impl}`, ratioText(ratio),
		    [`${step.what} (${step.impl})`, `${ratioText(ratio)} of ` +
			"the step before", data.verdicts[s.verdict[k]]]);
	});
	bar(rows - 1, 1, sums[sums.length - 1], { class: "step total" },
	    "all steps together", ratioText(s.total),
	    ["all steps together", ratioText(s.total),
		`over ${plural(s.rounds, "round")} that have every state`]);
	return bottom + 40;
}

function stepsFigure(parent) {
	const cells = data.cells.filter((c) => c.steps !== null &&
	    c.steps.ratio.every((v) => v > 0));
	let chosen = greatest(cells, (c) => Math.max(...c.steps.ratio.map((v) =>
	    Math.abs(Math.log(v)))));
	const chart = new Chart("The steps from old to new",
	    (c, width) => stepsDrawing(c, width, chosen));

	if (cells.length === 0)
		return false;
	parent.append(h("div", { class: "controls" }, cellSelect(cells, chosen,
	    (c) => { chosen = c; chart.render(); })), chart.box);
	return true;
}
