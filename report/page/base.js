/*
 * What every part of the page uses: elements, numbers as text, the tooltip,
 * buttons that copy, selects, legends.  The data block is described by
 * report/page_data.c and report/page_cells.c; null is "not measured".
 */
"use strict";

const data = JSON.parse(document.getElementById("data").textContent);
const shown = data.impls.map((_, i) => i)
    .filter((i) => !["reference", "again"].includes(data.impls[i].role));
const compared = shown.filter((i) => i !== data.base);
const candidates = compared.filter((i) => data.impls[i].role !== "null");
const verdictIndex = (name) => data.verdicts.indexOf(name);
const FASTER = verdictIndex("faster");
const SLOWER = verdictIndex("slower");
const resolved = (arm) => arm !== null && (arm.contrast.verdict === FASTER ||
    arm.contrast.verdict === SLOWER);

/* An element; a property that is a function listens, others are attributes. */
function make(space, tag, props, kids) {
	const e = document.createElementNS(space, tag);

	for (const [k, v] of Object.entries(props || {})) {
		if (typeof v === "function")
			e.addEventListener(k, v);
		else if (v !== null && v !== undefined && v !== false)
			e.setAttribute(k, v === true ? "" : v);
	}
	e.append(...kids.flat().filter((k) => k !== null));
	return e;
}
const h = (tag, props, ...kids) =>
    make("http://www.w3.org/1999/xhtml", tag, props, kids);
const svg = (tag, props, ...kids) =>
    make("http://www.w3.org/2000/svg", tag, props, kids);

/* Numbers as text.  The digits are those of RESULTS.md. */
const isNumber = (v) => typeof v === "number" && isFinite(v);
const ratioText = (v) => isNumber(v) ? v.toFixed(2) + "×" : "–";
/* What rounds to nothing has no sign. */
const fixed = (v, digits) => isNumber(v) ?
    v.toFixed(digits).replace(/^-(0(\.0*)?)$/, "$1") : "–";
const percent = (v) => !isNumber(v) ? "–" :
    (100 * v).toFixed(v < 0.0995 ? 1 : 0) + " %";
function scaled(v, units, step) {
	let i = 0;

	if (!isNumber(v))
		return "–";
	for (; Math.abs(v) >= step && i < units.length - 1; i++)
		v /= step;
	return (v >= 100 ? v.toFixed(0) : String(+v.toPrecision(3))) +
	    units[i];
}
const rateText = (v) => scaled(v, ["", " k", " M", " G"], 1000);
const nsText = (v) => scaled(v, [" ns", " µs", " ms", " s"], 1000);
const pText = (v) => !isNumber(v) ? "–" : v < 0.001 ? v.toExponential(0) :
    v.toFixed(3);
const intervalText = (e, text) => e !== null && isNumber(e.lo) ?
    `[${text(e.lo)}, ${text(e.hi)}]` : "–";
const plural = (n, word) => `${n} ${word}${n === 1 ? "" :
    word.endsWith("s") ? "es" : "s"}`;

/* The tooltip: lines at a place of the window; no lines hide it. */
function showTip(lines, x, y) {
	const tip = document.getElementById("tip");

	tip.hidden = lines === null;
	if (lines === null)
		return;
	tip.replaceChildren(...lines.map((l, i) =>
	    h(i === 0 ? "strong" : "span", {}, l)));
	const box = tip.getBoundingClientRect();
	tip.style.left = Math.max(4, Math.min(x + 14,
	    document.documentElement.clientWidth - box.width - 4)) + "px";
	tip.style.top = (y + 18 + box.height < window.innerHeight ? y + 14 :
	    Math.max(4, y - box.height - 12)) + "px";
}

/* Text as one word of a shell. */
const shellWord = (s) => /^[\w.\/,:=+@%-]+$/.test(s) ? s :
    "'" + s.replace(/'/g, "'\\''") + "'";

function selectText(element) {
	const range = document.createRange();

	range.selectNodeContents(element);
	getSelection().removeAllRanges();
	getSelection().addRange(range);
}

/* A command with a button; where copying is refused, it is selected. */
function command(text) {
	const code = h("code", { tabindex: 0 }, text);
	const button = h("button", { type: "button", class: "copy",
		"aria-label": "Copy the command" }, "Copy");
	const say = (what) => {
		button.textContent = what;
		setTimeout(() => { button.textContent = "Copy"; }, 1600);
	};

	button.addEventListener("click", async () => {
		try {
			await navigator.clipboard.writeText(code.textContent);
			say("Copied");
		} catch (refused) {
			selectText(code);
			say(document.execCommand("copy") ? "Copied" :
			    "Selected");
		}
	});
	return h("span", { class: "command" }, code, button);
}

/*
 * The line below a figure: its data, if they lie here, the command that makes
 * it of them, and one that measures what it shows anew.
 */
function how(table, text, again) {
	const link = data.links.find((l) => l.name === table) ||
	    data.links.find((l) => l.name.startsWith("rounds.jsonl"));

	return h("p", { class: "how" }, link ? h("span", {}, "Data: ",
	    h("a", { href: link.href }, link.name)) : null, command(text),
	again ? h("span", { class: "command" }, "Measure again:",
	    command(again)) : null);
}
const folder = shellWord(data.folder);
const drawCommand = () => `build/report ${folder} --out ` +
    `${shellWord(data.places.data)} && report/draw ` +
    `${shellWord(data.places.data)} ${shellWord(data.places.figures)}`;
/* Measured again, and a page of that: such figures depend on a choice. */
const measureCommand = (options) => `build/bench ${options} && ` +
    "build/report results/latest --html results/latest/report.html";
const pageCommand = () => `build/report ${folder} --html ` +
    shellWord(data.places.html);

/* A labelled select; options are [value, text]; calls back with the value. */
function select(label, options, chosen, change) {
	const list = h("select", { change: () => change(list.value) },
	    options.map(([v, text]) => h("option", { value: v,
		selected: String(v) === String(chosen) }, text)));

	return h("label", { class: "select" }, h("span", {}, label), list);
}
const cellSelect = (cells, chosen, change) => select("Cell", cells.map((c) =>
    [data.cells.indexOf(c), c.name]), data.cells.indexOf(chosen),
    (v) => change(data.cells[+v]));

/*
 * A legend: a click on an entry hides what it stands for.  `hidden' is a set
 * of keys that the drawing leaves out.
 */
function legend(entries, hidden, redraw) {
	return h("div", { class: "legend", role: "group",
		"aria-label": "Legend; press to hide or show" },
	    entries.map((e) => {
		const toggle = () => {
			if (!hidden.delete(e.key))
				hidden.add(e.key);
			button.setAttribute("aria-pressed", !hidden.has(e.key));
			redraw();
		};
		const button = h("button", { type: "button", click: toggle,
			"aria-pressed": String(!hidden.has(e.key)),
			"data-key": e.key }, h("i", { class: e.dashed ?
			"swatch dashed" : e.solid ? "swatch dashed solid" :
			"swatch", style: `--c:${e.colour}` }),
		    e.name);

		return button;
	}));
}
const implEntries = (impls) => impls.map((i) => ({ key: i,
	name: data.impls[i].name, colour: data.impls[i].colour }));

const absent = (text) => h("p", { class: "absent" }, text);

/* Something of the greatest value, or undefined. */
const greatest = (list, value) => list.reduce((best, x) =>
    best === undefined || value(x) > value(best) ? x : best, undefined);

const unique = (list) => [...new Set(list)];
