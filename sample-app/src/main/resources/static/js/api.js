/**
 * Tells of each answer: an "answer" event with method, path, millis, millis in the shop and trips to the database, and
 * for one that tells of a limit a "budget" event with limit, remaining, seconds until all or some is back, and refused.
 */
export const answers = new EventTarget();

const SILENT = "The shop does not answer. It may be starting again.";

/**
 * Reads JSON from the shop. Throws an Error with the shop's own words when it refuses, its status, and after how many
 * seconds to ask again where that helps.
 */
export function get(path, signal) {
	return told("GET", path, { signal });
}

/** Changes something in the shop. Throws as get() does. */
export function put(path, body) {
	return told("PUT", path, json(body));
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
	return ask("POST", `api/albums/${albumId}/views`);
}

/** Has a hundred threads of the shop ask for one album that no cache holds. Throws as get() does; it tells no one. */
export function stampede() {
	return ask("POST", "api/patterns/stampede");
}

/** Asks the shop about its customer, or tells it. Throws as get() does; it tells no one. */
export function ask(method, path, body) {
	return send(method, path, body && json(body)).then(read);
}

function json(body) {
	return { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
}

async function told(method, path, options) {
	const start = performance.now();
	const response = await send(method, path, options);
	tellBudget(response);
	const body = await read(response);
	const answer = { method, path, millis: performance.now() - start, ...timing(response) };
	answers.dispatchEvent(new CustomEvent("answer", { detail: answer }));
	return { body, ...answer };
}

async function send(method, path, options = {}) {
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
		const error = new Error(body.detail ?? `The shop answered ${response.status}`);
		error.status = response.status;
		error.retryAfter = Number(response.headers.get("Retry-After")) || null;
		throw error;
	}
	return body;
}

function tellBudget(response) {
	const [, name, remaining, seconds] = /"([^"]+)";r=(\d+);t=(\d+)/.exec(response.headers.get("RateLimit")) ?? [];
	const policies = response.headers.get("RateLimit-Policy")?.split(", ") ?? [];
	const limit = policies.map((policy) => /"([^"]+)";q=(\d+)/.exec(policy)).find((policy) => policy?.[1] === name)?.[2];
	if (limit) {
		const detail = { limit: Number(limit), remaining: Number(remaining), seconds: Number(seconds), refused: response.status === 429 };
		answers.dispatchEvent(new CustomEvent("budget", { detail }));
	}
}

function timing(response) {
	const header = response.headers.get("Server-Timing") ?? "";
	return { shop: value(/app;dur=([\d.]+)/, header), trips: value(/db;desc="(\d+)"/, header) };
}

function value(pattern, header) {
	const match = pattern.exec(header);
	return match ? Number(match[1]) : null;
}
