/**
 * Tells of each message about a write that a node has heard, once: a "hearing" event whose detail is the message, with
 * "old" for one that was heard before the page was opened.
 */
export const hearings = new EventTarget();

// The number of the last message that was told, by node
const told = new Map();

let opened = false;

/** Takes what the shop's nodes have heard last, in the order of each node. */
export function take(nodes) {
	nodes.forEach((node) => node.hearings.forEach((hearing) => tell(hearing, !opened)));
	opened = true;
}

/** Has the shop tell at once what its node hears. What is lost on the way is on the panel a second later. */
export function listen() {
	const source = new EventSource("api/patterns/hearings");
	source.addEventListener("hearing", ({ data }) => tell(JSON.parse(data), false));
}

function tell(hearing, old) {
	if (hearing.number > (told.get(hearing.node) ?? 0)) {
		told.set(hearing.node, hearing.number);
		hearings.dispatchEvent(new CustomEvent("hearing", { detail: { ...hearing, old } }));
	}
}
