import { basket } from "./basket.js";
import { el } from "./dom.js";
import { duration } from "./format.js";
import { priceTag } from "./prices.js";
import { sleeve } from "./sleeve.js";

/** Lists tracks of any album, each with its sleeve. */
export function foundTracks(tracks) {
	return list(tracks, (track) => [
		el("span", { class: "thumb" }, sleeve(track.albumId)),
		el("span", { class: "credits" }, `${track.artist}, `, el("a", { href: `#/album/${track.albumId}` }, track.album))
	]);
}

/** Lists tracks of one album, each with its number. */
export function numberedTracks(tracks, first) {
	return list(tracks, (track, i) => [
		el("span", { class: "number" }, String(first + i)),
		track.composer ? el("span", { class: "credits" }, track.composer) : null
	]);
}

/** Brings every button in line with the basket. */
export function refreshButtons(root) {
	root.querySelectorAll("button[data-track]").forEach(refresh);
}

function list(tracks, lead) {
	return el("ol", { class: "tracks" }, ...tracks.map((track, i) => {
		const [mark, credits] = lead(track, i);
		return el("li", { class: "track" }, mark,
			el("span", { class: "words" }, el("span", { class: "name" }, track.name), credits),
			el("span", { class: "time" }, duration(track.milliseconds)),
			priceTag(track),
			button(track));
	}));
}

function button(track) {
	const toggle = el("button", {
		type: "button", "data-track": track.id, "data-name": track.name,
		onclick: () => (basket.has(track.id) ? basket.remove(track.id) : basket.add(track))
	});
	refresh(toggle);
	return toggle;
}

function refresh(toggle) {
	const inBasket = basket.has(Number(toggle.dataset.track));
	toggle.classList.toggle("added", inBasket);
	toggle.textContent = inBasket ? "In basket" : "Add";
	toggle.setAttribute("aria-label", inBasket ? `In basket: ${toggle.dataset.name}. Take it out`
		: `Add ${toggle.dataset.name} to the basket`);
}
