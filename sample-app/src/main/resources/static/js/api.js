/** Tells of each answer: an "answer" event with method, path, millis, millis in the shop and trips to the database. */
export const answers = new EventTarget();

const SILENT = "The shop does not answer. It may be starting again.";

/** Reads JSON from the shop. Throws an Error with the shop's own words when it refuses. */
export function get(path, signal) {
	return told("GET", path, { signal });
}

/** Changes something in the shop. Throws as get() does. */
export function put(path, body) {
	return told("PUT", path, { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } });
}

/** Reads what the panel shows; it tells no one. */
export async function patterns() {
	const response = await fetch("api/patterns");
	if (!response.ok) {
		throw new Error(`The shop answered ${response.status}`);
	}
	return response.json();
}

/** Tells the shop that someone looks at an album, and how often that was counted before; it tells no one. */
export function look(albumId) {
	return ask("POST", `api/albums/${albumId}/views`).then(read);
}

/** Has a hundred threads of the shop ask for one album that no cache holds. Throws as get() does; it tells no one. */
export function stampede() {
	return ask("POST", "api/patterns/stampede").then(read);
}

async function told(method, path, options) {
	const start = performance.now();
	const response = await ask(method, path, options);
	const body = await read(response);
	const answer = { method, path, millis: performance.now() - start, ...timing(response) };
	answers.dispatchEvent(new CustomEvent("answer", { detail: answer }));
	return { body, ...answer };
}

async function ask(method, path, options = {}) {
	try {
		return await fetch(path, { method, ...options, headers: { Accept: "application/json", ...options.headers } });
	}
	catch (error) {
		throw options.signal?.aborted ? error : new Error(SILENT);
	}
}

async function read(response) {
	const body = await response.json().catch(() => ({}));
	if (!response.ok) {
		throw new Error(body.detail ?? `The shop answered ${response.status}`);
	}
	return body;
}

function timing(response) {
	const header = response.headers.get("Server-Timing") ?? "";
	return { shop: value(/app;dur=([\d.]+)/, header), trips: value(/db;desc="(\d+)"/, header) };
}

function value(pattern, header) {
	const match = pattern.exec(header);
	return match ? Number(match[1]) : null;
}
