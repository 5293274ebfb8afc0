import { get, look } from "./api.js";
import { basket } from "./basket.js";
import { el } from "./dom.js";
import { count, duration, millis } from "./format.js";
import { priceGun } from "./prices.js";
import { disc, sleeve } from "./sleeve.js";
import { foundTracks, numberedTracks } from "./tracks.js";

const STAFF_PICKS = [1, 21, 30, 48, 73, 94, 117, 141, 164, 188, 221, 270];

const SUGGESTIONS = ["Miles Davis", "bossa nova", "Led Zeppelin", "love", "Tom Jobim", "blues", "Mozart"];

/** The crate at the door: a few albums and where to start. */
export async function crate(signal) {
	const albums = await Promise.all(STAFF_PICKS.map((id) => get(`api/albums/${id}`, signal)));
	return {
		status: "",
		nodes: [
			el("div", { class: "section-title" }, el("h1", { tabindex: "-1" }, "Fresh in the crate")),
			el("ul", { class: "chips", "aria-label": "Suggested searches" }, ...SUGGESTIONS.map((term) => el("li", {},
				el("a", { href: `#/search/${encodeURIComponent(term)}` }, term)))),
			el("ul", { class: "crate" }, ...albums.map(({ body }) => el("li", {}, card(body))))
		]
	};
}

/** The tracks that a search finds. */
export async function results(term, signal) {
	const answer = await get(`api/search?q=${encodeURIComponent(term)}`, signal);
	const tracks = answer.body;
	const found = tracks.length === 50 ? "The first 50 tracks" : count(tracks.length, "track");
	return {
		status: `${found} for \u201c${term}\u201d, ${source(answer)} in ${millis(answer.millis)}`,
		nodes: [el("h1", { class: "unseen", tabindex: "-1" }, `Search for ${term}`), tracks.length > 0 ? foundTracks(tracks)
			: el("p", { class: "empty" }, "Not in the racks. Try fewer letters, or another spelling.")]
	};
}

/** An album, split in two sides of about the same length. */
export async function album(id, signal) {
	const answer = await get(`api/albums/${id}`, signal);
	const { title, artist, tracks } = answer.body;
	const length = tracks.reduce((sum, track) => sum + track.milliseconds, 0);
	const turn = tracks.length > 3 ? half(tracks, length) : tracks.length;
	const sides = [tracks.slice(0, turn), tracks.slice(turn)].filter((side) => side.length > 0);
	const facts = el("p", { class: "facts" }, `${count(tracks.length, "track")}, ${duration(length)}`);
	const racked = el("div", {}, ...sides.flatMap((side, i) => [
		el("h2", { class: "side" }, `Side ${"AB"[i]}`),
		numberedTracks(side, i * turn + 1)
	]));
	// Nobody waits for it, and nobody misses it
	look(id).then(({ views }) => views > 0 && facts.append(`, looked at ${count(views, "time")}`)).catch(() => {});
	return {
		status: `${title}, ${source(answer)} in ${millis(answer.millis)}`,
		nodes: [
			el("article", { class: "album" },
				el("span", { class: "record" }, disc(Number(id)), sleeve(Number(id), title, artist)),
				el("div", {}, el("h1", { tabindex: "-1" }, title), el("p", { class: "artist" }, artist),
					facts,
					el("div", { class: "buttons" },
						el("button", { type: "button", class: "action", onclick: () => basket.add(...tracks) }, "Add the whole record"),
						priceGun(racked)))),
			racked
		]
	};
}

function card({ id, title, artist }) {
	return el("a", { href: `#/album/${id}` },
		el("span", { class: "record" }, disc(id), sleeve(id, title, artist)),
		el("span", { class: "title" }, title), el("span", { class: "artist" }, artist));
}

function half(tracks, length) {
	let played = 0;
	return 1 + tracks.findIndex((track) => (played += track.milliseconds) >= length / 2);
}

function source(answer) {
	return answer.trips === 0 ? "from the cache" : "from the database";
}
