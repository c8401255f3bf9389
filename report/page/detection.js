/*
 * The lab's test of itself: how often an effect of known size is called
 * different.  Read chart.js first.
 */

function detectionTip(d) {
	return [`${d.planted} % planted, ${fixed(d.truth, 2)} % calibrated`,
		`${d.called} of ${plural(d.n, "comparison")} called different`,
		`${percent(d.share)} [${percent(d.lo)}, ${percent(d.hi)}]`,
		`the interval held the truth in ${percent(d.coverage)}`];
}

/* What is required: few false alarms at 0 %, all but few found from 5 % on. */
const FALSE_MOST = 0.05, FOUND_LEAST = 0.95, FOUND_FROM = 5;

function drawDetection(c, width) {
	const left = 48, right = Math.min(width, 640) - 12;
	const top = 12, bottom = 220;
	const most = Math.max(...data.detection.map((d) => d.planted), 1);
	const at = linear(0, most * 1.04, left + 14, right);
	const y = linear(0, 1, bottom, top);
	const points = data.detection.map((d) => ({ d, x: at(d.planted),
		y: y(d.share) }));

	c.axisY(left, right, [0, 0.25, 0.5, 0.75, 1], y, (v) =>
	    `${100 * v} %`);
	c.axisX(bottom, left, right, data.detection.map((d) => d.planted), at,
	    (v) => `${v} %`, null, "planted: an operation takes so much longer");
	const required = (a, b, v) => c.add("path", { class: "required",
		d: `M${a} ${y(v)}H${b}` });
	required(left, at(Math.min(1, most)), FALSE_MOST);
	if (most >= FOUND_FROM)
		required(at(FOUND_FROM) - 10, right, FOUND_LEAST);
	const g = c.add("g", { class: "series", style: "--c:var(--ink)" });
	g.append(svg("path", { class: "curve", d: "M" + points.map((p) =>
	    `${p.x} ${p.y}`).join("L") }));
	for (const p of points) {
		g.append(svg("line", { class: "whisker", x1: p.x, x2: p.x,
			y1: y(p.d.lo), y2: y(p.d.hi) }),
		svg("circle", { class: "mark", cx: p.x, cy: p.y, r: 3.4 }));
		c.marks.push({ x: p.x, y: p.y, tip: detectionTip(p.d) });
	}
	return bottom + 42;
}

function detectionFigure(parent) {
	const tenth = (v) => fixed(100 * v, 1) + " %";

	if (data.detection === null)
		return false;
	parent.append(new Chart("Share of planted effects called different",
	    drawDetection).box, sortableTable({ id: "detection-table",
		label: "Planted effects", rows: data.detection, columns: [
		numberColumn("planted", "", (d) => d.planted, (v) => `${v} %`),
		numberColumn("calibrated", "as measured within each process",
		    (d) => d.truth, (v) => fixed(v, 2) + " %"),
		numberColumn("comparisons", "", (d) => d.n, String),
		numberColumn("called different", "", (d) => d.called, String),
		numberColumn("share", "", (d) => d.share, tenth),
		{ name: "interval", title: "of the share, exact, 95 %",
			number: true, value: (d) => d.lo,
			text: (d) => intervalText(d, tenth) },
		numberColumn("interval held the truth", "at least 93 % wanted",
		    (d) => d.coverage, tenth)] }));
	return true;
}
