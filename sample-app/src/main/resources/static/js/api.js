/** Tells of each answer: an "answer" event with path, millis, millis in the shop and trips to the database. */
export const answers = new EventTarget();

const SILENT = "The shop does not answer. It may be starting again.";

/** Reads JSON from the shop. Throws an Error with the shop's own words when it refuses. */
export async function get(path, signal) {
	const start = performance.now();
	const response = await fetch(path, { headers: { Accept: "application/json" }, signal }).catch((error) => {
		throw signal?.aborted ? error : new Error(SILENT);
	});
	const body = await read(response);
	const answer = { path, millis: performance.now() - start, ...timing(response) };
	answers.dispatchEvent(new CustomEvent("answer", { detail: answer }));
	return { body, ...answer };
}

/** Reads what the panel shows; it tells no one. */
export async function patterns() {
	const response = await fetch("api/patterns");
	if (!response.ok) {
		throw new Error(`The shop answered ${response.status}`);
	}
	return response.json();
}

/** Has a hundred threads of the shop ask for one album that no cache holds. Throws as get() does; it tells no one. */
export async function stampede() {
	const response = await fetch("api/patterns/stampede", { method: "POST" }).catch(() => {
		throw new Error(SILENT);
	});
	return read(response);
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
