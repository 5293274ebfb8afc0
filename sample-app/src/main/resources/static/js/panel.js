import { answers, patterns } from "./api.js";
import { budgetMeter } from "./budget.js";
import { el } from "./dom.js";
import { millis, percent, uptime } from "./format.js";
import { listen, take } from "./hearings.js";
import { nodeBoard } from "./nodes.js";
import { rack } from "./rack.js";
import { wire } from "./wire.js";

const INTERVAL = 1000;

const LONGEST_PATH = 70;

/** The live panel: asks the shop every second, while someone can see it. */
export function panel(amp, back) {
	const lamp = el("span", { class: "lamp" }, "\u2026");
	const display = el("div", { class: "display" }, "Waiting for the first request");
	const channels = el("ul", { class: "channels", "aria-label": "Hits of the caches, and your own budget" }, budgetMeter());
	const nodes = nodeBoard();
	const messages = wire();
	const drawRack = rack(back);
	amp.replaceChildren(el("header", {}, el("h2", { id: "panel-title" }, "Now playing"), lamp), display, channels,
		nodes.element, messages.element, el("a", { class: "more", href: "#rack" }, "More in the back room"));
	answers.addEventListener("answer", ({ detail }) => draw(display, detail));

	const tick = async () => {
		if (!document.hidden) {
			try {
				const state = await patterns();
				light(lamp, lampText(state.redis), state.redis.state);
				state.caches.forEach((cache) => channel(cache, channels));
				nodes.draw(state.node, state.nodes);
				take(state.nodes);
				messages.draw();
				messages.element.hidden = state.nodes.length === 1;
				drawRack(state);
			}
			catch {
				light(lamp, "No answer", "down");
			}
		}
		setTimeout(tick, INTERVAL);
	};
	tick();
	listen();
}

function draw(display, { method, path, millis: took, shop, trips }) {
	const source = method === "PUT" ? "Written through" : trips === 0 ? "Cache hit" : "Cache miss";
	const inShop = shop === null ? "" : `, ${millis(shop)} of it in the shop`;
	const asked = decodeURIComponent(path);
	const shown = asked.length > LONGEST_PATH ? `${asked.slice(0, LONGEST_PATH)}\u2026` : asked;
	display.replaceChildren(el("b", {}, `${source}, ${millis(took)}`), `${method} /${shown}${inShop}`);
}

function light(lamp, text, state) {
	lamp.textContent = text;
	lamp.dataset.state = state;
}

function lampText({ state, degradedSeconds }) {
	return state === "degraded" ? `Degraded: without Redis for ${uptime(degradedSeconds)}` : "Redis up";
}

function channel({ name, hitRatio }, channels) {
	const ratio = percent(hitRatio);
	let row = channels.querySelector(`[data-channel="${name}"]`);
	if (row === null) {
		row = el("li", { "data-channel": name }, name, el("div", { class: "meter", "aria-hidden": "true" }, el("i", {})),
			el("span", {}));
		channels.lastElementChild.before(row);
	}
	row.querySelector("i").style.setProperty("--ratio", ratio);
	row.querySelector("span").textContent = ratio;
}
