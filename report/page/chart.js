/*
 * Charts: an SVG as wide as its box, axes, marks with values to be hovered.
 *
 * Own code instead of a library: Debian's d3 is 3.5.17 of 2016 and would add
 * 150 KB to each page, of which scales, ticks and paths would be used; those
 * are the sixty lines below.
 *
 * A mark is {x, y, w, h, tip}: a place in the drawing and the lines said of it.
 * The one nearest to the pointer shows; with the keyboard a chart is one stop,
 * and the arrow keys go from mark to mark.
 */

const REACH = 16;	/* pixels from a mark at which it still shows */

function distance(m, x, y) {
	const dx = Math.max(m.x - x, 0, x - m.x - (m.w || 0));
	const dy = Math.max(m.y - y, 0, y - m.y - (m.h || 0));

	return Math.hypot(dx, dy);
}

class Chart {
	/* draw(chart, width) fills chart.g and chart.marks, returns height. */
	constructor(label, draw) {
		this.draw = draw;
		this.label = label;
		this.svg = svg("svg", { role: "group", tabindex: 0,
			"aria-roledescription": "chart",
			pointermove: (e) => this.hover(e),
			pointerdown: (e) => this.hover(e),
			pointerleave: () => this.point(-1),
			blur: () => this.point(-1),
			keydown: (e) => this.key(e) });
		this.box = h("div", { class: "chart" }, this.svg);
		this.at = -1;
		this.width = 0;
		new ResizeObserver(() => {
			if (Math.abs(this.box.clientWidth - this.width) > 1)
				requestAnimationFrame(() => this.render());
		}).observe(this.box);
	}

	render() {
		this.width = this.box.clientWidth;
		if (this.width === 0)
			return;
		this.marks = [];
		this.g = svg("g", {});
		const height = this.draw(this, this.width);
		const width = Math.max(this.width, this.needs || 0);
		this.ring = svg("rect", { class: "ring", rx: 3,
			visibility: "hidden" });
		this.svg.replaceChildren(this.g, this.ring);
		this.svg.setAttribute("width", width);
		this.svg.setAttribute("height", height);
		this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
		this.svg.setAttribute("aria-label", this.label + ". " +
		    plural(this.marks.length, "value") +
		    "; arrow keys go from one to the next.");
		this.at = -1;
	}

	/* Put elements into the drawing. */
	add(tag, props, ...kids) {
		const e = svg(tag, props, ...kids);

		this.g.append(e);
		return e;
	}
	text(x, y, props, text) {
		return this.add("text", { x, y, ...props }, text);
	}

	hover(e) {
		const box = this.svg.getBoundingClientRect();
		const x = e.clientX - box.left, y = e.clientY - box.top;
		let best = -1, least = REACH;

		this.marks.forEach((m, i) => {
			const d = distance(m, x, y);

			if (d < least || (d === 0 && least === 0)) {
				least = d;
				best = i;
			}
		});
		this.point(best, e.clientX, e.clientY);
	}

	key(e) {
		const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1,
			ArrowUp: -1 }[e.key];

		if (e.key === "Escape")
			this.point(-1);
		if (step === undefined || this.marks.length === 0)
			return;
		e.preventDefault();
		const next = Math.max(0, Math.min(this.marks.length - 1,
		    this.at + step));
		const m = this.marks[next];
		const box = this.svg.getBoundingClientRect();
		this.point(next, box.left + m.x, box.top + m.y);
		this.ring.scrollIntoView({ block: "nearest",
			inline: "nearest" });
	}

	point(i, x, y) {
		const m = this.marks && this.marks[i];

		this.at = m ? i : -1;
		this.ring.setAttribute("visibility", m ? "visible" : "hidden");
		if (m) {
			const pad = m.w ? 1 : 6;

			this.ring.setAttribute("x", m.x - pad);
			this.ring.setAttribute("y", m.y - pad);
			this.ring.setAttribute("width", (m.w || 0) + 2 * pad);
			this.ring.setAttribute("height", (m.h || 0) + 2 * pad);
		}
		showTip(m ? m.tip : null, x, y);
	}

	/* An axis along the bottom: ticks are values, at(v) their place. */
	axisX(y, x0, x1, ticks, at, text, top, title) {
		for (const t of ticks) {
			if (top !== null)
				this.add("line", { class: "grid", x1: at(t),
					x2: at(t), y1: top, y2: y });
			this.text(at(t), y + 15, { class: "tick",
				"text-anchor": "middle" }, text(t));
		}
		this.add("line", { class: "axis", x1: x0, x2: x1, y1: y,
			y2: y });
		if (title)
			this.text((x0 + x1) / 2, y + 32, { class: "title",
				"text-anchor": "middle" }, title);
	}
	axisY(x, x1, ticks, at, text) {
		for (const t of ticks) {
			this.add("line", { class: "grid", x1: x, x2: x1,
				y1: at(t), y2: at(t) });
			this.text(x - 5, at(t) + 4, { class: "tick",
				"text-anchor": "end" }, text(t));
		}
	}
}

/* Scales: from [a, b] to pixels [p, q]. */
const linear = (a, b, p, q) => (v) => p + (v - a) / (b - a || 1) * (q - p);
const logarithmic = (a, b, p, q) => {
	const to = linear(Math.log(a), Math.log(b), p, q);

	return (v) => to(Math.log(v));
};

/* About n round values from 0 to most. */
function linearTicks(most, n) {
	const rough = most / n || 1;
	const unit = 10 ** Math.floor(Math.log10(rough));
	const step = unit * [1, 2, 5, 10].find((k) => k * unit >= rough);
	const out = [];

	for (let i = 0; i * step <= most * 1.0001; i++)
		out.push(+(i * step).toPrecision(12));
	return out;
}

/*
 * Round values between a and b, at least `gap' pixels apart and as many as fit;
 * `keep', if given, is among them.
 */
function logTicks(a, b, at, gap, keep) {
	const steps = [[1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 5, 7],
		[1, 1.1, 1.25, 1.4, 1.6, 1.8, 2, 2.5, 3, 4, 5, 6, 7, 8, 9]];
	let best = [];

	for (const mantissas of steps) {
		const out = keep === undefined ? [] : [keep];

		for (let e = Math.floor(Math.log10(a)); 10 ** e <= b; e++)
			for (const m of mantissas) {
				const v = +(m * 10 ** e).toPrecision(4);

				if (v >= a && v <= b && out.every((o) =>
				    Math.abs(at(v) - at(o)) >= gap))
					out.push(v);
			}
		/* Five will do; more are less round. */
		if (out.length > best.length && best.length < 5)
			best = out;
	}
	return best.sort((x, y) => x - y);
}

/* Colours: marks take theirs from --c, which the style sheet may soften. */
const colourOf = (i) => `--c:${data.impls[i].colour}`;

/* A triangle or a circle around a place. */
const symbol = (x, y, many, props) => many ?
    svg("path", { d: `M${x} ${y - 4.4}l4.2 7.4h-8.4z`, ...props }) :
    svg("circle", { cx: x, cy: y, r: 3.4, ...props });

/* A pattern of slanted lines, once a chart; the fill that names it. */
let hatches = 0;
function hatch(chart, style) {
	const id = `hatch${hatches++}`;

	chart.add("pattern", { id, width: 6, height: 6,
		patternUnits: "userSpaceOnUse",
		patternTransform: "rotate(45)", style },
	    svg("rect", { width: 6, height: 6, class: "hatch-ground" }),
	    svg("rect", { width: 2, height: 6, class: "hatch-line" }));
	return `url(#${id})`;
}
