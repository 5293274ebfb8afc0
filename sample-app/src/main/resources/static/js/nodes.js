import { el } from "./dom.js";
import { count, number, percent } from "./format.js";
import { hearings } from "./hearings.js";

const SECOND = "mvn spring-boot:run -Dspring-boot.run.arguments=--server.port=8081";

const SIGNAL = [
	{ background: "#5fe08a", boxShadow: "0 0 10px #5fe08a" },
	{ background: "#000", boxShadow: "none" }
];

const ports = new Map();

/** Names a node as a person knows it: by its port. */
export function nodeName(id) {
	return ports.has(id) ? `:${ports.get(id)}` : id.slice(0, 4);
}

/** The board of all nodes. A node's jack lights up when it is heard, and when it hears. */
export function nodeBoard() {
	const list = el("ul", { class: "nodes", "aria-label": "Nodes" });
	const alone = el("p", { class: "quiet", hidden: true }, "Nobody else is here. Start a second one:", el("code", {}, SECOND));
	const rows = new Map();
	hearings.addEventListener("hearing", ({ detail }) => {
		if (!detail.old && !matchMedia("(prefers-reduced-motion: reduce)").matches) {
			[detail.origin, detail.node].forEach((id) => rows.get(id)?.jack.animate(SIGNAL, 900));
		}
	});
	return { element: el("div", {}, el("h3", {}, "Nodes"), list, alone), draw: (self, nodes) => {
		nodes.filter(({ id }) => !rows.has(id)).forEach((node) => rows.set(node.id, row(node, node.id === self)));
		[...rows.keys()].filter((id) => !nodes.some((node) => node.id === id)).forEach((id) => rows.delete(id));
		nodes.forEach((node) => rows.get(node.id).draw(node));
		const elements = nodes.map(({ id }) => rows.get(id).element);
		// What stays in its place keeps the focus
		if (elements.length !== list.children.length || elements.some((element, i) => element !== list.children[i])) {
			list.replaceChildren(...elements);
		}
		alone.hidden = nodes.length > 1;
	} };
}

function row({ id, port }, here) {
	ports.set(id, port);
	const name = nodeName(id);
	const jack = el("i", { class: "jack", "aria-hidden": "true" });
	const ratio = el("span", {});
	const counts = el("span", { class: "counts" });
	const element = el("li", { class: here ? "here" : null, "data-port": port }, jack,
		here ? el("b", {}, name, el("small", {}, "this page"))
			: el("b", {}, el("a", { href: `http://${location.hostname}:${port}/`, target: "_blank", rel: "noopener" }, name)),
		ratio, counts);
	return { element, jack, draw: ({ hits, nearHits, misses, sent, heard }) => {
		const reads = hits + misses;
		ratio.textContent = reads > 0 ? `${percent(hits / reads)} hits` : "no reads yet";
		counts.textContent = `${count(reads, "read")}, ${number(nearHits)} near, ${number(sent)} told, ${number(heard)} heard`;
	} };
}
