import { answers } from "./api.js";
import { el } from "./dom.js";

/** A meter of what this client may still ask of the limit that is nearest, from the fields of the last answer that told. */
export function budgetMeter() {
	const bar = el("i", {});
	const left = el("span", {});
	const row = el("li", { "data-channel": "budget", hidden: true }, "budget",
		el("div", { class: "meter", "aria-hidden": "true" }, bar), left);
	let refill;
	const draw = (remaining, limit) => {
		bar.style.setProperty("--ratio", `${(100 * remaining) / limit}%`);
		left.textContent = `${remaining} left`;
		row.title = `Of ${limit} requests that you may make, on all nodes together`;
		row.hidden = false;
	};
	answers.addEventListener("budget", ({ detail: { remaining, limit, seconds, refused } }) => {
		clearTimeout(refill);
		draw(remaining, limit);
		if (!refused) {
			refill = setTimeout(() => draw(limit, limit), seconds * 1000);
		}
	});
	return row;
}
