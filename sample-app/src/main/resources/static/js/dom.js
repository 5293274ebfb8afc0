const SVG = "http://www.w3.org/2000/svg";

/** Creates an element. Text children become text nodes, so nothing in them is read as markup. */
export function el(tag, attributes = {}, ...children) {
	return fill(document.createElement(tag), attributes, children);
}

/** Creates an SVG element. */
export function svg(tag, attributes = {}, ...children) {
	return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
	for (const [name, value] of Object.entries(attributes)) {
		if (name.startsWith("on")) {
			element.addEventListener(name.slice(2), value);
		}
		else if (value !== false && value !== null && value !== undefined) {
			element.setAttribute(name, value === true ? "" : value);
		}
	}
	element.append(...children.filter((child) => child !== null && child !== undefined));
	return element;
}
