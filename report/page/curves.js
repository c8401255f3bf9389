/*
 * Figures of quantities: throughput against threads, latency, waiting by
 * lock.  Read chart.js first.
 */

const samePanel = (a, b) => a.variant === b.variant && a.home === b.home &&
    a.sharing === b.sharing && a.placement === b.placement;

/*
 * The cell of one thread from which a panel starts although it is another
 * panel's: one thread shares with nobody, so it is run once (docs/DATA.md).
 * `same' has one page to work on, so there nothing stands in.
 */
const borrowedStart = (c) => c.threads === 1 || c.sharing === "same" ?
    undefined : ofWorkload(c.workload).find((o) => o.threads === 1 &&
	o.home === c.home && o.variant === c.variant && o.sharing !== "same");

/* The panels of a workload, each with its cells by threads. */
function panelsOf(workload) {
	const out = [];

	for (const c of ofWorkload(workload)) {
		let panel = out.find((p) => samePanel(p.cells[0], c));

		if (panel === undefined) {
			const start = borrowedStart(c);

			panel = { cells: start && !samePanel(start, c) ?
			    [start, c] : [c], of: c, borrowed: start !==
			    undefined && !samePanel(start, c) };
			if (panel.borrowed)
				panel.cells.reverse();
			out.push(panel);
		} else {
			panel.cells.push(c);
		}
	}
	for (const p of out)
		p.cells = p.cells.slice().sort((a, b) =>
		    a.threads - b.threads);
	return out;
}

const panelTitle = (p) => [p.of.variant === "-" ? null : p.of.variant,
	p.of.sharing + (p.borrowed ? "*" : ""), p.of.placement,
	data.cells.some((c) => c.home !== p.of.home) ? `home ${p.of.home}` :
	    null].filter((x) => x !== null).join(" · ");

/* The figures of an implementation along a panel. */
function curve(panel, i) {
	const has = panel.cells.some((c) => c !== panel.cells[0] ||
	    !panel.borrowed ? c.arms[i].rate !== null : false);

	return has ? panel.cells.filter((c) => c.arms[i].rate !== null)
	    .map((c) => ({ cell: c, rate: c.arms[i].rate })) : [];
}
const low = (e) => isNumber(e.lo) ? e.lo : e.min;
const high = (e) => isNumber(e.hi) ? e.hi : e.max;

function drawCurve(chart, points, i, at, y, beside) {
	const g = chart.add("g", { class: "series", "data-impl": i,
		style: colourOf(i) });
	const x = (p) => at(p.cell.threads) + beside;
	const line = (list) => list.map(([px, py]) => `${px} ${py}`).join("L");

	if (points.length > 1)
		g.append(svg("path", { class: "interval", d: "M" + line(
		    [...points.map((p) => [x(p), y(high(p.rate))]),
			...points.slice().reverse().map((p) => [x(p),
			    y(low(p.rate))])]) + "Z" }),
		svg("path", { class: "curve", d: "M" + line(points.map((p) =>
		    [x(p), y(p.rate.median)])) }));
	for (const p of points) {
		g.append(svg("line", { class: "whisker", x1: x(p), x2: x(p),
			y1: y(low(p.rate)), y2: y(high(p.rate)) }),
		svg("circle", { class: "mark", cx: x(p), r: 2.8,
			cy: y(p.rate.median) }));
		chart.marks.push({ x: x(p), y: y(p.rate.median), tip: [
			`${data.impls[i].name}, ${plural(p.cell.threads,
			    "thread")}`, p.cell.name,
			`${rateText(p.rate.median)} operations/s ` +
			intervalText(p.rate, rateText), ...armTip(p.cell, i)
			    .slice(1, i === data.base ? 1 : 3)] });
	}
}

function drawPanel(chart, panel, hidden, x0, y0, w, h) {
	const impls = shown.filter((i) => !hidden.has(i));
	const curves = impls.map((i) => curve(panel, i));
	const threads = panel.cells.map((c) => c.threads);
	const start = panel.cells[0].arms[data.base];
	const one = start && start.rate !== null && !hidden.has("linear") ?
	    start.rate.median / threads[0] : NaN;
	const last = threads[threads.length - 1];
	/* Where nothing is shared no word changes hands. */
	const ceilings = hidden.has("ceiling") ||
	    panel.of.sharing === "private" ? [] :
	    panel.cells.filter((c) => isNumber(c.ceiling));
	const most = Math.max(...curves.flat().map((p) => high(p.rate)));
	const goal = Math.max(isNumber(one) && threads.length > 1 ?
	    one * last : 0, ...ceilings.map((c) => c.ceiling));
	/* What is far above the curves must not flatten them. */
	const top = 1.06 * (most > 0 ? Math.max(most, Math.min(goal,
	    2.2 * most)) : goal > 0 ? goal : 1);
	const left = x0 + 44, right = x0 + w - 8, bottom = y0 + h - 38;
	const pad = last > threads[0] ? 1.18 : 1.5;
	const at = logarithmic(threads[0] / pad, last * pad, left, right);
	const y = linear(0, top, bottom, y0 + 22);

	chart.text((left + right) / 2, y0 + 12, { class: "label",
		"text-anchor": "middle" }, panelTitle(panel));
	chart.axisY(left, right, linearTicks(top, 4), y, (v) =>
	    v === 0 ? "0" : rateText(v));
	chart.axisX(bottom, left, right, threads.filter((t, k) => k === 0 ||
	    at(t) - at(threads[k - 1]) > 16), at, String, null, "threads");
	if (isNumber(one) && threads.length > 1) {
		const end = Math.min(last, top / one);
		const points = Array.from({ length: 33 }, (_, k) =>
		    threads[0] * (end / threads[0]) ** (k / 32));

		chart.add("path", { class: "linear", d: "M" + points.map(
		    (t) => `${at(t)} ${y(one * t)}`).join("L") });
	}
	for (const c of ceilings) {
		const v = Math.min(c.ceiling, top), x = at(c.threads);

		/* An arrow where it lies above the panel. */
		chart.add("path", { class: "ceiling", d: c.ceiling > top ?
		    `M${x - 5} ${y(v) + 6}l5 -5l5 5` :
		    `M${x - 12} ${y(v)}h24` });
		chart.marks.push({ x: x - 12, y: y(v), w: 24, h: 1, tip: [
			"ceiling: one line transfer an operation",
			`${rateText(c.ceiling)} operations/s with ` +
			plural(c.threads, "thread") + (c.ceiling > top ?
			    ", above this panel" : "")] });
	}
	curves.forEach((points, k) => drawCurve(chart, points, impls[k], at, y,
	    threads.length > 3 ? 0 : 3 * (k - (impls.length - 1) / 2)));
}

function throughputFigure(parent, choose) {
	const hidden = new Set(shown.filter((i) =>
	    data.impls[i].role === "null"));
	const effect = (arm) => arm.contrast.ratio === null ? 0 :
	    Math.abs(Math.log(arm.contrast.ratio.median)) *
	    (resolved(arm) ? 1e3 : 1);
	let chosen = greatest(data.cells, (c) => Math.max(0, ...candidates
	    .map((i) => effect(c.arms[i])))).workload;
	const draw = (chart, width) => {
		const list = chosen === "" ? workloads : [chosen];
		const many = Math.max(1, Math.floor(width / 236));
		const head = list.length > 1 ? 22 : 2;
		let y = 4;

		for (const w of list) {
			const panels = panelsOf(w);
			const columns = Math.min(many,
			    Math.max(panels.length, Math.min(2, many)));

			if (list.length > 1)
				chart.text(0, y + 12, { class: "label heavy" },
				    w);
			panels.forEach((p, k) => drawPanel(chart, p, hidden,
			    k % columns * width / columns,
			    y + head + Math.floor(k / columns) * 190,
			    width / columns, 186));
			y += head + 6 +
			    190 * Math.ceil(panels.length / columns);
		}
		return y;
	};
	const chart = new Chart("Throughput against threads", draw);
	const extra = [{ key: "linear", name: "linear", dashed: true,
		colour: "var(--soft)" }];

	if (data.cells.some((c) => isNumber(c.ceiling)))
		extra.push({ key: "ceiling", name: "ceiling: one line " +
		    "transfer an operation", solid: true,
			colour: "var(--ink)" });
	parent.append(h("div", { class: "controls" }, select("Workload",
	    [...workloads.map((w) => [w, w]), ["", "all of them"]], chosen,
	    (w) => { chosen = w; choose(w); chart.render(); })),
	legend([...implEntries(shown), ...extra], hidden,
	    () => chart.render()), chart.box);
	choose(chosen);
}

/* The share of operations that took longer, both axes logarithmic. */
function drawLatency(chart, width, cell, hidden) {
	const impls = shown.filter((i) => cell.arms[i].ccdf &&
	    !hidden.has(i) && cell.arms[i].ccdf.length > 1);
	const points = impls.map((i) => cell.arms[i].ccdf.filter(
	    ([ns, share]) => ns > 0 && share > 0));
	const all = points.flat();
	const a = Math.min(...all.map((p) => p[0]), 1e3) / 1.1;
	const b = Math.max(...all.map((p) => p[0]), 10 * a) * 1.1;
	const least = Math.min(...all.map((p) => p[1]), 0.1);
	const left = 58, right = width - 12, top = 10, bottom = 320;
	const at = logarithmic(a, b, left, right);
	const y = logarithmic(1, least, top, bottom);
	const decades = [];

	for (let v = 1; v >= least * 0.999; v /= 10)
		decades.push(v);
	chart.axisY(left, right, decades, y, (v) => +(100 * v).toPrecision(2) +
	    " %");
	chart.axisX(bottom, left, right, logTicks(a, b, at, 52), at, nsText,
	    top, "took longer than this (one operation)");
	impls.forEach((i, k) => {
		const g = chart.add("g", { class: "series", "data-impl": i,
			style: colourOf(i) });
		const q = cell.arms[i].latency;

		g.append(svg("path", { class: "curve", d: "M" + points[k]
		    .map(([ns, share]) => `${at(ns)} ${y(share)}`)
		    .join("L") }));
		for (const [name, share] of [["p50", 0.5], ["p90", 0.1],
		    ["p99", 0.01], ["p999", 0.001]]) {
			if (!q || !isNumber(q[name]) || share < least ||
			    !(q[name] > 0))
				continue;
			g.append(svg("circle", { class: "mark", r: 3.2,
				cx: at(q[name]), cy: y(share) }));
			chart.marks.push({ x: at(q[name]), y: y(share), tip: [
				data.impls[i].name, `${name.replace("999",
				    "99.9")} ${nsText(q[name])}`,
				`greatest ${nsText(q.max)}`,
				`${q.sampled} operations timed`] });
		}
	});
	return bottom + 40;
}

function latencyFigure(parent, choose) {
	const cells = data.cells.filter((c) => c.arms.some((a) => a !== null &&
	    a.ccdf && a.ccdf.length > 1));
	const hidden = new Set(shown.filter((i) =>
	    data.impls[i].role === "null"));
	let chosen = greatest(cells, (c) => c.threads);
	const chart = new Chart("Latency of one operation",
	    (c, width) => drawLatency(c, width, chosen, hidden));

	if (cells.length === 0)
		return false;
	parent.append(h("div", { class: "controls" }, cellSelect(cells, chosen,
	    (c) => { chosen = c; choose(c); chart.render(); })),
	legend(implEntries(shown), hidden, () => chart.render()), chart.box);
	choose(chosen);
	return true;
}

/* Waiting of a cell: a bar for each implementation, a part for each lock. */
function drawWaiting(chart, cell, hidden, x0, y0, w, labels) {
	const impls = shown.filter((i) => cell.arms[i].waiting);
	const kept = data.locks.map((_, t) => t).filter((t) => !hidden.has(t));
	const total = (i) => kept.reduce((sum, t) =>
	    sum + cell.arms[i].waiting[t][0], 0);
	const most = Math.max(...impls.map(total), 1e-9);
	const left = x0 + labels, right = x0 + w - 56;
	const at = linear(0, most, left, right);

	chart.text(x0 + (labels > 0 ? labels : 0), y0 + 12, { class:
		"label" }, cell.name);
	impls.forEach((i, k) => {
		const y = y0 + 22 + k * 22;
		let sum = 0;

		if (labels > 0)
			chart.text(left - 8, y + 13, { class: "cell name",
				"text-anchor": "end" }, data.impls[i].name);
		for (const t of kept) {
			const [ns, contended, each, share] =
			    cell.arms[i].waiting[t];
			const x = at(sum), width = at(sum + ns) - x;

			sum += ns;
			if (width < 0.3)
				continue;
			chart.add("rect", { class: "lock", x, y, width,
				height: 18, "data-lock": t,
				style: `--c:${data.locks[t].colour}` });
			chart.marks.push({ x, y, w: width, h: 18, tip: [
				`${data.impls[i].name}: ${data.locks[t].name}`,
				`${nsText(ns)} an operation, ` +
				`${percent(share)} of the threads' time`,
				`${percent(contended)} of acquisitions ` +
				`waited, ${nsText(each)} each`] });
		}
		chart.text(at(sum) + 6, y + 13, { class: "cell" }, nsText(sum));
	});
	return 34 + 22 * impls.length;
}

function waitingFigure(parent) {
	const cells = data.cells.filter((c) => c.arms.some((a) => a !== null &&
	    a.waiting));
	const most = data.most_waiting.map((n) => data.cells.find((c) =>
	    c.name === n)).filter((c) => c !== undefined);
	const seen = data.locks.map((_, t) => t).filter((t) => cells.some((c) =>
	    c.arms.some((a) => a && a.waiting && a.waiting[t][0] >= 1)));
	const hidden = new Set();
	const labels = 20 + 6.7 * Math.max(...shown.map((i) =>
	    data.impls[i].name.length));
	let list = most.length > 0 ? most : cells.slice(0, 1);
	const chart = new Chart("Waiting for locks", (c, width) => {
		const columns = width > 760 && list.length > 1 ? 2 : 1;
		const heights = [0, 0];

		list.forEach((cell, k) => {
			const n = k % columns;

			heights[n] += 12 + drawWaiting(c, cell, hidden,
			    n * width / columns, heights[n], width / columns,
			    Math.min(labels, width / columns / 2));
		});
		return Math.max(...heights);
	});

	if (cells.length === 0)
		return false;
	parent.append(h("div", { class: "controls" }, select("Cells", [["-1",
		"those that wait most, one of each workload"],
	    ...cells.map((c) => [data.cells.indexOf(c), c.name])], "-1",
	(v) => {
		list = +v < 0 ? most : [data.cells[+v]];
		chart.render();
	})), legend(seen.map((t) => ({ key: t, name: data.locks[t].name,
		colour: data.locks[t].colour })), hidden,
	    () => chart.render()), chart.box);
	return true;
}
