import { stampede } from "./api.js";
import { el } from "./dom.js";
import { count, millis } from "./format.js";

/** A button that sends a stampede, and what came of the last one. */
export function herd() {
	const outcome = el("p", { class: "outcome", role: "status" }, "What if everyone asks for a record at once?");
	const button = el("button", { type: "button", onclick: () => send(button, outcome) }, "100 callers, one cold key");
	return el("div", { class: "herd" }, button, outcome);
}

async function send(button, outcome) {
	if (button.hasAttribute("aria-disabled")) {
		return;
	}
	button.setAttribute("aria-disabled", "true");
	outcome.textContent = "Here they come \u2026";
	try {
		const { callers, loads, p50Millis, p99Millis } = await stampede();
		outcome.replaceChildren(el("b", {}, `${count(loads, "load")} for ${count(callers, "caller")}`),
			`Half of them had it in ${millis(p50Millis)}, 99% in ${millis(p99Millis)}`);
	}
	catch (error) {
		outcome.textContent = error.message;
	}
	finally {
		button.removeAttribute("aria-disabled");
	}
}
