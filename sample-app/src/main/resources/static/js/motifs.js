import { svg } from "./dom.js";

const range = (length) => Array.from({ length }, (_, i) => i);

function rings(random, colours) {
	const cx = 30 + random() * 40;
	const cy = 25 + random() * 25;
	return range(7).map((i) => svg("circle", { cx, cy, r: 62 - i * 9, fill: colours[[1, 0, 2, 0, 3, 0, 1][i]] }));
}

function sunburst(random, colours) {
	const cx = 20 + random() * 60;
	const cy = 55 + random() * 20;
	const rays = range(18).map((i) => {
		const [a, b] = [i, i + .5].map((turn) => (turn / 18) * 2 * Math.PI);
		return svg("path", {
			d: `M${cx} ${cy}L${cx + 150 * Math.cos(a)} ${cy + 150 * Math.sin(a)} ${cx + 150 * Math.cos(b)} ${cy + 150 * Math.sin(b)}z`,
			fill: colours[1]
		});
	});
	return [...rays, svg("circle", { cx, cy, r: 17, fill: colours[3] }), svg("circle", { cx, cy, r: 10, fill: colours[2] })];
}

function stripes(random, colours) {
	const turn = random() < .5 ? 45 : -45;
	const start = -20 + random() * 30;
	return [svg("g", { transform: `rotate(${turn} 50 50)` },
		...range(4).map((i) => svg("rect", { x: -40, y: start + i * 15, width: 180, height: 15, fill: colours[[1, 3, 2, 4][i]] })))];
}

function dots(random, colours) {
	const fx = random() * 7;
	const fy = random() * 7;
	return range(64).map((i) => {
		const x = i % 8;
		const y = Math.floor(i / 8);
		return svg("circle", {
			cx: x * 12.5 + 6.25, cy: y * 12.5 + 6.25,
			r: Math.max(1, 6.2 - Math.hypot(x - fx, y - fy) * .8),
			fill: colours[(x + y) % 5 === 0 ? 2 : 1]
		});
	});
}

function waves(random, colours) {
	const bend = 8 + random() * 10;
	return range(6).map((i) => {
		const y = 12 + i * 14;
		return svg("path", {
			d: `M0 ${y}C25 ${y - bend} 25 ${y + bend} 50 ${y}S75 ${y - bend} 100 ${y}V100H0z`,
			fill: colours[[1, 3, 2, 1, 3, 2][i]]
		});
	});
}

function quarters(random, colours) {
	return range(16).map((i) => {
		const x = (i % 4) * 25;
		const y = Math.floor(i / 4) * 25;
		const turn = Math.floor(random() * 4) * 90;
		const fill = colours[1 + Math.floor(random() * 3)];
		return svg("path", {
			d: `M${x} ${y}h25a25 25 0 0 1-25 25z`, transform: `rotate(${turn} ${x + 12.5} ${y + 12.5})`,
			fill, stroke: fill, "stroke-width": .4
		});
	});
}

function horizon(random, colours) {
	const sun = 25 + random() * 50;
	const peak = 20 + random() * 60;
	return [
		svg("circle", { cx: sun, cy: 38, r: 22, fill: colours[3] }),
		...range(4).map((i) => svg("rect", { x: 0, y: 36 + i * 6, width: 100, height: 1 + i * .8, fill: colours[0] })),
		svg("path", { d: `M0 80L${peak - 25} 52 ${peak - 8} 64 ${peak + 15} 44 100 74V100H0z`, fill: colours[1] }),
		svg("path", { d: `M0 90Q${100 - peak} 60 100 86V100H0z`, fill: colours[2] })
	];
}

function bars(random, colours) {
	return range(9).map((i) => {
		const height = 18 + random() * 60;
		return svg("rect", { x: 5 + i * 10.2, y: 74 - height, width: 8, height, fill: colours[1 + Math.floor(random() * 3)] });
	});
}

/** What can be drawn on a sleeve: functions of a random source and five colours. */
export const motifs = [rings, sunburst, stripes, dots, waves, quarters, horizon, bars];
