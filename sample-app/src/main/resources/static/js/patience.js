import { el } from "./dom.js";
import { count } from "./format.js";

/** What someone sees who has asked too much: when to ask again, which then happens by itself unless the signal ends it. */
export function patience(error, signal, again) {
	let left = error.retryAfter;
	const clock = el("b", { "aria-hidden": "true" }, clockText(left));
	const timer = setInterval(() => {
		left--;
		clock.textContent = clockText(left);
		if (left <= 0) {
			clearInterval(timer);
			again();
		}
	}, 1000);
	signal.addEventListener("abort", () => clearInterval(timer));
	return el("div", { class: "empty patience", role: "status" },
		el("p", {}, `That was a lot of digging. Please give the racks ${count(left, "second")}.`), clock,
		el("p", {}, "Your search goes on by itself then."));
}

function clockText(seconds) {
	return `0:${String(Math.max(0, seconds)).padStart(2, "0")}`;
}
