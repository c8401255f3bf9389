/*
 * Scaling on simulated machines: curves of throughput against CPUs, both axes
 * logarithmic, and the tables of RESULTS.md.  Read chart.js and prose.js first;
 * report/page_scaling.c makes the data.
 */

const machines = data.scaling.machines;

/* One curve; the greatest value has the larger mark. */
function drawScalingCurve(chart, points, impl, title, at, y) {
	const most = greatest(points, (p) => p[1]);
	const g = chart.add("g", { class: "series",
		style: `--c:${impl.colour}` });

	g.append(svg("path", { class: "curve", d: "M" + points.map(([n, x]) =>
	    `${at(n)} ${y(x)}`).join("L") }));
	for (const p of points) {
		g.append(svg("circle", { class: "mark", cx: at(p[0]),
			cy: y(p[1]), r: p === most ? 4.2 : 2 }));
		chart.marks.push({ x: at(p[0]), y: y(p[1]), tip: [
			`${impl.name}, ${plural(p[0], "CPU")}`, title,
			`${rateText(p[1])} operations/s of virtual time`] });
	}
}

function drawScalingPanel(chart, machine, panel, hidden, x0, y0, w, h) {
	const lines = panel.lines.map((points, i) => ({ impl:
		machine.impls[i], points: hidden.has(i) ? [] :
		    (points || []).filter((p) => p[1] > 0) }))
	    .filter((l) => l.points.length > 0);
	const all = lines.flatMap((l) => l.points);
	const left = x0 + 46, right = x0 + w - 10, bottom = y0 + h - 38;
	const cpus = unique(all.map((p) => p[0])).sort((a, b) => a - b);
	const least = Math.min(...all.map((p) => p[1]));
	const most = Math.max(...all.map((p) => p[1]));
	/* A decade at least, or a flat curve would look steep. */
	const spread = 1.25 * Math.max(1, 3.2 / Math.sqrt(most / least));

	chart.text((left + right) / 2, y0 + 12, { class: "label",
		"text-anchor": "middle" }, panel.name);
	if (all.length === 0)
		return;
	const last = cpus[cpus.length - 1];
	const at = logarithmic(cpus[0] / 1.15, last * 1.15, left, right);
	const y = logarithmic(least / spread, most * spread, bottom, y0 + 20);
	let before = -Infinity;

	chart.axisY(left, right, logTicks(least / spread, most * spread, y, 22),
	    y, rateText);
	chart.axisX(bottom, left, right, cpus.filter((n) => {
		const fits = n === last || (at(n) - before > 24 &&
		    at(last) - at(n) > 24);

		before = fits ? at(n) : before;
		return fits;
	}), at, String, null, "CPUs");
	for (const l of lines)
		drawScalingCurve(chart, l.points, l.impl, panel.name, at, y);
}

function scalingChart(machine) {
	const hidden = new Set();
	const chart = new Chart(`Throughput against CPUs on ${machine.name}`,
	    (c, width) => {
		    const columns = Math.max(1, Math.floor(width / 250));

		    machine.curves.forEach((panel, k) => drawScalingPanel(c,
			machine, panel, hidden, k % columns * width / columns,
			4 + Math.floor(k / columns) * 190, width / columns,
			186));
		    return 10 + 190 * Math.ceil(machine.curves.length /
			columns);
	    });

	return [legend(machine.impls.map((i, key) => ({ key, ...i })), hidden,
	    () => chart.render()), chart.box];
}

function scalingSection(body) {
	const parts = [["Throughput", "relative", "_fit"],
	    ["Where it stops scaling, and why", "stops", "_lines"],
	    ["Crossing points", "crossings", "_crossings"],
	    ["What conflicts", "conflicts", "_conflicts"]];

	if (machines.length === 0 && data.scaling.bars === "")
		return false;
	if (machines.length > 0)
		body.append(prose(data.scaling.claims));
	for (const m of machines) {
		const out = shellWord(data.places.data);
		const make = `build/report ${folder} --sim ` +
		    `${shellWord(m.folder)} --out ${out}`;
		const file = (kind) => m.file.replace(/^scaling/,
		    "scaling" + kind) + ".tsv";

		body.append(h("h3", {}, `Machine ${m.name}`), prose(m.about),
		    ...scalingChart(m), how(file(""), `${make} && ` +
			`report/draw ${out} ${shellWord(data.places.figures)}`),
		    prose(m.standings), how(file("_rankings"), make),
		    ...parts.filter(([, key]) => m[key] !== "").map(
			([title, key, kind]) => h("details", {},
			    h("summary", {}, title), prose(m[key]),
			    how(file(kind), make))));
	}
	body.append(prose(data.scaling.bars));
	return true;
}
