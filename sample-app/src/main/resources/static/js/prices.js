import { get, put } from "./api.js";
import { basket } from "./basket.js";
import { el } from "./dom.js";
import { price } from "./format.js";
import { hearings } from "./hearings.js";
import { say } from "./status.js";

// A write is heard of in several messages
const SOON = 150;

const MOST = 500;

const FLASH = [{ background: "#f2b84b", color: "#261b15" }, {}];

// The track of each price tag
const tracks = new WeakMap();

/** The price of a track, which follows changes. */
export function priceTag(track) {
	const tag = el("span", { class: "price", "data-price": track.id }, price(track.unitPrice));
	tracks.set(tag, track);
	return tag;
}

/** Reads all prices on the page again, in one request, when a node has heard that one was changed elsewhere. */
export function followPrices(root) {
	let due;
	hearings.addEventListener("hearing", ({ detail }) => {
		if (!detail.old && detail.cache === "tracks") {
			clearTimeout(due);
			due = setTimeout(() => readAgain(root).catch((error) => say(error.message)), SOON);
		}
	});
}

/** A button by which the prices in an element can be changed. */
export function priceGun(root) {
	const button = el("button", { type: "button", class: "gun", "aria-pressed": "false", onclick: () => {
		const on = button.getAttribute("aria-pressed") === "false";
		button.setAttribute("aria-pressed", String(on));
		root.querySelectorAll("[data-price]").forEach((tag) => (on ? open(tag) : close(tag)));
		root.querySelector(".pricing")?.focus();
	} }, "Price gun");
	return button;
}

async function readAgain(root) {
	const shown = [...root.querySelectorAll("[data-price]")].map((tag) => tracks.get(tag).id);
	const ids = [...new Set([...shown, ...basket.tracks().map((track) => track.id)])].slice(0, MOST);
	if (ids.length > 0) {
		const { body } = await get(`api/tracks?ids=${ids.join(",")}`);
		body.forEach((track) => reprice(root, track));
		basket.update(...body);
	}
}

function reprice(root, { id, unitPrice }) {
	root.querySelectorAll(`[data-price="${id}"]`).forEach((tag) => {
		const track = tracks.get(tag);
		if (track.unitPrice !== unitPrice) {
			track.unitPrice = unitPrice;
			tag.textContent = price(unitPrice);
			tag.animate(FLASH, 1600);
			const input = tag.nextElementSibling;
			if (input?.matches(".pricing:not(:focus)")) {
				input.value = unitPrice;
			}
		}
	});
}

function open(tag) {
	const track = tracks.get(tag);
	tag.hidden = true;
	tag.after(el("input", {
		class: "pricing", type: "text", inputmode: "decimal", size: "5", maxlength: "7", autocomplete: "off",
		"aria-label": `Price of ${track.name}`, value: track.unitPrice, onchange: ({ target }) => change(target, track)
	}));
}

function close(tag) {
	tag.hidden = false;
	tag.nextElementSibling.remove();
}

async function change(input, track) {
	try {
		const { body } = await put(`api/tracks/${track.id}`, { unitPrice: input.value.replace(/[$\s]/g, "").replace(",", ".") });
		input.value = body.unitPrice;
		reprice(document, body);
		basket.update(body);
		say(`${track.name} costs ${price(body.unitPrice)} now, on every node`);
	}
	catch (error) {
		input.value = track.unitPrice;
		say(error.message);
	}
}
