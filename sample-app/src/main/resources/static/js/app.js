import { account } from "./account.js";
import { basket } from "./basket.js";
import { el } from "./dom.js";
import { panel } from "./panel.js";
import { patience } from "./patience.js";
import { followPrices } from "./prices.js";
import { receipt } from "./receipt.js";
import { say } from "./status.js";
import { refreshButtons } from "./tracks.js";
import { album, crate, results } from "./views.js";

const DEBOUNCE = 220;

const MIN_TERM = 2;

const TITLE = document.title;

const view = document.getElementById("view");
const input = document.getElementById("q");
const basketSection = document.getElementById("basket");

let current = new AbortController();
let typing;

async function show(load, focus) {
	current.abort();
	current = new AbortController();
	const { signal } = current;
	try {
		const { nodes, status: text } = await load(signal);
		if (!signal.aborted) {
			view.replaceChildren(...nodes);
			say(text);
			const heading = view.querySelector("h1");
			document.title = heading ? `${heading.textContent}, ${TITLE}` : TITLE;
			if (focus && heading) {
				heading.focus({ preventScroll: true });
				window.scrollTo({ top: 0 });
			}
		}
	}
	catch (error) {
		if (!signal.aborted) {
			say("");
			view.replaceChildren(error.status === 429 && error.retryAfter ? patience(error, signal, () => show(load, focus))
				: el("p", { class: "empty" }, error.message));
		}
	}
}

function route(first) {
	clearTimeout(typing);
	// Another hash, such as that of the skip link, leaves the view as it is
	const [, name, value] = /^#\/(\w*)\/?(.*)$/.exec(location.hash || "#/") ?? (first ? [, "", ""] : []);
	if (name === "album") {
		show((signal) => album(value, signal), true);
	}
	else if (name === "search") {
		search(decodeURIComponent(value), document.activeElement !== input);
	}
	else if (name !== undefined) {
		input.value = "";
		show(crate, !first);
	}
}

function search(term, fill) {
	if (fill) {
		input.value = term;
	}
	show((signal) => results(term, signal), false);
}

function typed() {
	const term = input.value.trim();
	if (term === "") {
		history.replaceState(null, "", "#/");
		route(false);
	}
	else if (term.length < MIN_TERM) {
		say("One more letter");
	}
	else {
		const hash = `#/search/${encodeURIComponent(term)}`;
		// One step back leaves the search, however many letters were typed
		history[location.hash.startsWith("#/search/") ? "replaceState" : "pushState"](null, "", hash);
		search(term, false);
	}
}

input.addEventListener("input", () => {
	clearTimeout(typing);
	typing = setTimeout(typed, DEBOUNCE);
});
document.getElementById("search").addEventListener("submit", (event) => {
	event.preventDefault();
	clearTimeout(typing);
	typed();
});
document.getElementById("to-basket").addEventListener("click", () => {
	basketSection.scrollIntoView({ behavior: "smooth" });
	basketSection.focus({ preventScroll: true });
});
window.addEventListener("hashchange", () => route(false));
basket.addEventListener("change", () => refreshButtons(view));

followPrices(view);
receipt(basketSection, document.getElementById("basket-count"));
account(document.getElementById("account"), document.getElementById("account-dialog"));
panel(document.getElementById("panel"), document.getElementById("rack"));
route(true);
basket.restore().catch((error) => say(error.message));
