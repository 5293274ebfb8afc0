import { svg } from "./dom.js";
import { motifs } from "./motifs.js";

// Ground, two colours, an accent and ink for the words
const PALETTES = [
	["#f2e3c6", "#d1462f", "#1f6f6b", "#e8a33d", "#2b1d16"],
	["#1d2b3a", "#e8574b", "#f3b562", "#f0ead6", "#f0ead6"],
	["#e9c46a", "#264653", "#e76f51", "#f4f1de", "#1d2f38"],
	["#f4d9d0", "#a4243b", "#273e47", "#d8973c", "#273e47"],
	["#2f1b41", "#ff7f51", "#ce4257", "#ffe3b3", "#ffe3b3"],
	["#dfe7d8", "#3a5a40", "#bc4749", "#f2b134", "#20331f"],
	["#10454f", "#bde038", "#818274", "#f5f1e3", "#f5f1e3"],
	["#f7f3e9", "#111111", "#d62828", "#f7b538", "#111111"],
	["#c9d6df", "#1e2022", "#e84545", "#52616b", "#1e2022"],
	["#5c1a1b", "#f0a868", "#e3655b", "#f7ead0", "#f7ead0"]
];

/** Draws the sleeve of an album. The same album always has the same sleeve. */
export function sleeve(albumId, title, artist) {
	const random = randomOf(albumId);
	const colours = PALETTES[Math.floor(random() * PALETTES.length)];
	const motif = motifs[Math.floor(random() * motifs.length)];
	return svg("svg", { class: "sleeve", viewBox: "0 0 100 100", "aria-hidden": "true", focusable: "false" },
		svg("rect", { width: 100, height: 100, fill: colours[0] }),
		...motif(random, colours),
		...(title ? words(title, artist, colours) : []));
}

/** Draws the disc of an album, with the label in the colours of its sleeve. */
export function disc(albumId) {
	const colours = PALETTES[Math.floor(randomOf(albumId)() * PALETTES.length)];
	const grooves = [46, 42, 38, 34, 30, 26].map((r) => svg("circle",
		{ cx: 50, cy: 50, r, fill: "none", stroke: "#3b3431", "stroke-width": .5 }));
	return svg("svg", { class: "disc", viewBox: "0 0 100 100", "aria-hidden": "true", focusable: "false" },
		svg("g", {},
			svg("circle", { cx: 50, cy: 50, r: 49.5, fill: "#161210", stroke: "#4a403a", "stroke-width": 1 }), ...grooves,
			svg("path", { d: "M50 50 22 10a49 49 0 0 1 15-7zM50 50l28 40a49 49 0 0 1-15 7z", fill: "#fff", opacity: .1 }),
			svg("circle", { cx: 50, cy: 50, r: 18, fill: colours[1] }),
			svg("path", { d: "M50 32a18 18 0 0 1 0 36z", fill: colours[3] }),
			svg("circle", { cx: 50, cy: 50, r: 2.5, fill: "#f4ebda" })));
}

function words(title, artist, colours) {
	const lines = wrap(title, 19).slice(0, 3);
	const height = lines.length * 7 + 11;
	return [svg("rect", { x: -1, y: 100 - height, width: 102, height: height + 1, fill: colours[0] }),
		...lines.map((line, i) => svg("text", { x: 5, y: 107 - height + i * 7, "font-size": 6.6, fill: colours[4] }, line)),
		svg("text", { x: 5, y: 95.5, "font-size": 4.6, fill: colours[4], opacity: .75 }, clip(artist, 36))];
}

function wrap(text, width) {
	const lines = [""];
	for (const word of text.split(" ")) {
		const line = `${lines.at(-1)} ${word}`.trim();
		if (line.length <= width || lines.at(-1) === "") {
			lines[lines.length - 1] = clip(line, width + 3);
		}
		else {
			lines.push(clip(word, width + 3));
		}
	}
	return lines;
}

function clip(text, width) {
	return text.length <= width ? text : `${text.slice(0, width - 1)}\u2026`;
}

// Mulberry32
function randomOf(seed) {
	let state = Math.imul(seed, 0x9E3779B1);
	return () => {
		state = (state + 0x6D2B79F5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}
