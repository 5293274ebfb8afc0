import { el } from "./dom.js";
import { millis } from "./format.js";
import { hearings } from "./hearings.js";
import { nodeName } from "./nodes.js";

// Messages that come as close as this are of one write
const CLOSE = 400;

const LINES = 3;

/** The last writes that nodes have heard of: who told whom, of which cache, what, and how long it took. */
export function wire() {
	const list = el("ol", { class: "wire", "aria-label": "What nodes have told each other, newest first" });
	const quiet = el("p", { class: "quiet" }, "Quiet. Change a price with the price gun of an album.");
	const lines = [];
	hearings.addEventListener("hearing", ({ detail }) => {
		const now = performance.now();
		const line = lines[0];
		if (line && line.origin === detail.origin && line.node === detail.node && now - line.time < CLOSE) {
			line.messages.push(detail);
			line.time = now;
		}
		else {
			lines.unshift({ origin: detail.origin, node: detail.node, messages: [detail], time: now });
			lines.length = Math.min(lines.length, LINES);
		}
		quiet.hidden = true;
		draw();
	});
	const draw = () => list.replaceChildren(...lines.map(row));
	return { element: el("div", {}, el("h3", {}, "The wire"), quiet, list), draw };
}

function row({ origin, node, messages }) {
	const lags = messages.map((message) => message.lagMillis).filter((lag) => lag !== undefined).sort((a, b) => a - b);
	return el("li", {},
		el("b", {}, `${nodeName(origin)} \u2192 ${nodeName(node)}`),
		el("em", {}, lags.length > 0 ? `in ${millis(lags[Math.floor(lags.length / 2)])}` : ""),
		el("span", {}, [...Map.groupBy(messages, (message) => message.cache)].map(words).join(" \u00b7 ")));
}

function words([cache, messages]) {
	return `${cache} ${[...new Set(messages.map((message) => message.operation))].join(", ")}`;
}
