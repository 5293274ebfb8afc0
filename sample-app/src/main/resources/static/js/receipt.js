import { basket } from "./basket.js";
import { el } from "./dom.js";
import { count, price, total } from "./format.js";

/** Draws the basket as a receipt, and its size into the counter of the header. */
export function receipt(section, counter) {
	const draw = () => {
		const tracks = basket.tracks();
		counter.textContent = String(tracks.length);
		section.replaceChildren(
			el("h2", { id: "basket-title" }, "Your basket"),
			el("p", { class: "subtitle", "aria-live": "polite" }, count(tracks.length, "track")),
			tracks.length > 0 ? lines(section, tracks) : el("p", { class: "nothing" }, "Nothing yet. Dig in."),
			el("dl", {}, el("dt", {}, "Total"), el("dd", { id: "basket-total" }, price(total(tracks)))),
			el("button", { type: "button", class: "clear", hidden: tracks.length === 0, onclick: () => {
				basket.clear();
				section.focus();
			} }, "Empty the basket"));
	};
	basket.addEventListener("change", draw);
	draw();
}

function lines(section, tracks) {
	return el("ul", { tabindex: tracks.length > 8 ? "0" : null, "aria-label": "Tracks in your basket" },
		...tracks.map((track) => el("li", {},
			el("span", {}, track.name),
			el("span", {}, price(track.unitPrice)),
			el("button", { type: "button", "aria-label": `Remove ${track.name}`, onclick: () => {
				basket.remove(track.id);
				section.focus();
			} }, "\u00d7"))));
}
