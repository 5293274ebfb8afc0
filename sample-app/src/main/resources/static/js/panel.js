import { answers, patterns } from "./api.js";
import { el } from "./dom.js";
import { millis, number, uptime } from "./format.js";
import { herd } from "./herd.js";

const INTERVAL = 1000;

/** The live panel: asks the shop every second, while someone can see it. */
export function panel(section) {
	const lamp = el("span", { class: "lamp" }, "\u2026");
	const display = el("div", { class: "display" }, "Waiting for the first request");
	const channels = new Map();
	const board = el("div", {});
	const totals = el("dl", { class: "totals" });
	section.replaceChildren(
		el("header", {}, el("h2", { id: "panel-title" }, "The back room"), lamp), display, board, herd(), totals);
	answers.addEventListener("answer", ({ detail }) => draw(display, detail));

	const tick = async () => {
		if (!document.hidden) {
			try {
				const state = await patterns();
				light(lamp, lampText(state.redis), state.redis.state);
				state.caches.forEach((cache) => channel(cache, channels, board));
				totals.replaceChildren(...totalsOf(state));
			}
			catch {
				light(lamp, "No answer", "down");
			}
		}
		setTimeout(tick, INTERVAL);
	};
	tick();
}

function draw(display, answer) {
	const source = answer.trips === 0 ? "Cache hit" : "Cache miss";
	const shop = answer.shop === null ? "" : `, ${millis(answer.shop)} of it in the shop`;
	display.replaceChildren(el("b", {}, `${source}, ${millis(answer.millis)}`),
		`GET /${decodeURIComponent(answer.path)}${shop}`);
}

function light(lamp, text, state) {
	lamp.textContent = text;
	lamp.dataset.state = state;
}

function lampText({ state, degradedSeconds }) {
	return state === "degraded" ? `Degraded: without Redis for ${uptime(degradedSeconds)}` : "Redis up";
}

function channel(cache, channels, board) {
	if (!channels.has(cache.name)) {
		const ratio = el("span", {});
		const bar = el("i", {});
		const numbers = el("dl", {});
		board.append(el("div", { class: "channel", "data-cache": cache.name },
			el("h3", {}, cache.name, ratio), el("div", { class: "meter", "aria-hidden": "true" }, bar), numbers));
		channels.set(cache.name, { ratio, bar, numbers });
	}
	const { ratio, bar, numbers } = channels.get(cache.name);
	const percent = `${Math.round(cache.hitRatio * 100)}%`;
	ratio.textContent = `${percent} hits`;
	bar.style.setProperty("--ratio", percent);
	numbers.replaceChildren(...pairs({
		Hits: number(cache.hits),
		Misses: number(cache.misses),
		"Mean load": cache.loads > 0 ? millis(cache.loadMillis) : "none yet"
	}));
}

function totalsOf({ node, redis, database }) {
	return pairs({
		Node: node.id,
		Port: String(node.port),
		Up: uptime(node.uptimeSeconds),
		"Redis ping": redis.pingMillis === undefined ? "no answer" : millis(redis.pingMillis),
		"Database trips": number(database.trips)
	});
}

function pairs(values) {
	return Object.entries(values).map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)));
}
