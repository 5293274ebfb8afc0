import { get } from "./api.js";

const KEY = "basket";

const BATCH = 500;

const tracks = new Map();

// Ids that are stored and whose tracks are not read yet
let pending = stored();

/** The basket: ids in local storage, tracks read from the shop. Tells "change" of each change. */
export const basket = new EventTarget();

basket.has = (id) => tracks.has(id);

basket.tracks = () => [...tracks.values()];

basket.add = (...added) => {
	added.forEach((track) => tracks.set(track.id, track));
	save();
};

/** Brings tracks that are in the basket up to date. */
basket.update = (...fresh) => {
	fresh.filter((track) => tracks.has(track.id)).forEach((track) => tracks.set(track.id, track));
	basket.dispatchEvent(new Event("change"));
};

basket.remove = (id) => {
	tracks.delete(id);
	pending = pending.filter((other) => other !== id);
	save();
};

basket.clear = () => {
	tracks.clear();
	pending = [];
	save();
};

/** Fills the basket from local storage, at today's prices. */
basket.restore = async () => {
	while (pending.length > 0) {
		const ids = pending.slice(0, BATCH);
		const { body } = await get(`api/tracks?ids=${ids.join(",")}`);
		body.filter((track) => pending.includes(track.id)).forEach((track) => tracks.set(track.id, track));
		pending = pending.filter((id) => !ids.includes(id));
	}
	basket.dispatchEvent(new Event("change"));
};

function save() {
	localStorage.setItem(KEY, JSON.stringify([...new Set([...pending, ...tracks.keys()])]));
	basket.dispatchEvent(new Event("change"));
}

function stored() {
	try {
		const ids = JSON.parse(localStorage.getItem(KEY) ?? "[]");
		return Array.isArray(ids) ? ids.filter((id) => Number.isInteger(id) && id > 0) : [];
	}
	catch {
		return [];
	}
}

// Another tab has changed the basket
window.addEventListener("storage", (event) => {
	if (event.key === KEY) {
		tracks.clear();
		pending = stored();
		basket.restore();
	}
});
