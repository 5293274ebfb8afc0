const status = document.getElementById("status");

/** Tells the person at the page, also one who listens to it. */
export function say(text) {
	status.textContent = text;
}
