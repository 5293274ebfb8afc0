import { el } from "./dom.js";
import { count, millis, number, seconds, uptime } from "./format.js";
import { herd } from "./herd.js";

const COLUMNS = ["Cache", "Hits", "Near", "Misses", "Loads", "Mean load"];

/** The back room in full: one module for each pattern. */
export function rack(section) {
	const caches = el("tbody", {});
	const queue = el("dl", { "data-queue": "views" });
	const warm = el("dl", {});
	const limit = el("dl", { "data-limit": "search" });
	const sessions = el("dl", {});
	const node = el("dl", {});
	section.replaceChildren(
		el("h2", { id: "rack-title" }, "The back room"),
		el("p", {}, "What Redis does for this shop, as this node has counted it since it started."),
		el("div", { class: "modules" },
			module("Caches", "Albums are kept near, too: those hits make no call to Redis.",
				el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Caches" }, el("table", {},
					el("thead", {}, el("tr", {}, ...COLUMNS.map((name) => el("th", { scope: "col" }, name)))), caches))),
			module("Stampede", "An album is taken out of the cache and asked for by everyone at the same moment.", herd()),
			module("Write-behind", "Looks at albums are queued in Redis and written to the database in batches.", queue),
			module("Warm-up", "Best-selling albums are read before the first customer comes, by one node for all.", warm),
			module("Rate limit", "A client may search a hundred times a minute, on all nodes together.", limit),
			module("Sessions", "Customers stay signed in, whichever node answers, and a session that ends is over on all.", sessions),
			module("This node", "Answers this page. One that starts again is another node.", node)));
	section.querySelector(".module").classList.add("wide");
	return (state) => {
		caches.replaceChildren(...state.caches.map(row));
		queue.replaceChildren(...queueOf(state.queues[0]));
		warm.replaceChildren(...warmOf(state.warming));
		limit.replaceChildren(...limitOf(state.limits[0]));
		sessions.replaceChildren(...sessionsOf(state.sessions));
		node.replaceChildren(...nodeOf(state));
	};
}

function module(title, note, ...content) {
	return el("section", { class: "module" }, el("h3", {}, title), el("p", {}, note), ...content);
}

function row(cache) {
	const load = cache.loads > 0 ? millis(cache.loadMillis) : "none yet";
	return el("tr", { "data-cache": cache.name }, el("th", { scope: "row" }, cache.name),
		...[number(cache.hits), number(cache.nearHits), number(cache.misses), number(cache.loads), load]
			.map((value) => el("td", {}, value)));
}

function queueOf({ waiting, lagMillis, written, dead }) {
	return pairs({
		Waiting: waiting === undefined ? "unknown" : count(waiting, "look"),
		"The oldest for": waiting > 0 ? seconds(lagMillis) : "none waits",
		"Written by this node": number(written),
		"Given up": dead === undefined ? "unknown" : number(dead)
	});
}

function warmOf({ warmed, failed, runs, runMillis }) {
	return pairs({
		"Albums read": number(warmed),
		"Could not be read": number(failed),
		"Warm-ups": runs > 0 ? number(runs) : "none, others did it",
		"Mean length": runs > 0 ? millis(runMillis) : "\u2013"
	});
}

function limitOf({ allowed, refused, local }) {
	return pairs({
		"Searches let through": number(allowed),
		Refused: number(refused),
		"Decided without Redis": number(local)
	});
}

function sessionsOf({ read, begun, loggedOut, revoked }) {
	return pairs({
		"Read for a request": number(read),
		Begun: number(begun),
		"Signed out": number(loggedOut),
		"Ended from elsewhere": number(revoked)
	});
}

function nodeOf({ node, nodes, redis, database }) {
	const { port, uptimeSeconds } = nodes.find(({ id }) => id === node);
	return pairs({
		Port: String(port),
		Identity: node,
		Up: uptime(uptimeSeconds),
		"Redis ping": redis.pingMillis === undefined ? "no answer" : millis(redis.pingMillis),
		"Database trips": number(database.trips)
	});
}

function pairs(values) {
	return Object.entries(values).map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)));
}
