import { ask } from "./api.js";
import { basket } from "./basket.js";
import { el } from "./dom.js";
import { ago, uptime } from "./format.js";
import { say } from "./status.js";

// Tells pages, also those of nodes on other ports, that somebody is signed in: a visitor who is not costs no question
const SIGN = "signed-in=yes";

/** The button of the header, and the dialog behind it: signing in and out, and one's own sessions. */
export function account(button, dialog) {
	let me = null;
	const known = (person) => {
		me = person;
		button.textContent = me ? me.firstName : "Sign in";
		document.cookie = `${SIGN}; path=/; SameSite=Lax${me ? "" : "; max-age=0"}`;
	};
	const leave = (text) => {
		known(null);
		dialog.close();
		say(text);
	};
	button.addEventListener("click", () => {
		fill(dialog, me ? [el("p", { class: "quiet" }, "One moment")] : signIn());
		dialog.showModal();
		if (me) {
			showSessions();
		}
	});
	dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());

	const signIn = () => {
		const error = el("p", { class: "wrong", role: "alert" });
		const form = el("form", { method: "dialog", onsubmit: async (event) => {
			event.preventDefault();
			const { email, password } = Object.fromEntries(new FormData(form));
			try {
				known(await ask("POST", "auth/login", { email, password }));
				dialog.close();
				say(`Good to see you, ${me.firstName}`);
			}
			catch (failure) {
				error.textContent = failure.status === 429
					? `Too many wrong passwords. Try again in ${uptime(failure.retryAfter)}.` : failure.message;
				form.elements.password.select();
			}
		} }, field("E-mail", { name: "email", type: "email", autocomplete: "username", required: true, autofocus: true }),
		field("Password", { name: "password", type: "password", autocomplete: "current-password", required: true }), error,
		el("button", { class: "action" }, "Sign in"));
		return [el("h2", {}, "Sign in"), form,
			el("p", { class: "hint" }, "Every customer has the password ", el("b", {}, "chinook"), ". Try ",
				el("b", {}, "luisg@embraer.com.br"), ".")];
	};

	const showSessions = async () => {
		try {
			const sessions = await ask("GET", "api/me/sessions");
			fill(dialog, [el("h2", {}, `Hello, ${me.firstName}`), el("p", { class: "hint" }, me.email),
				el("h3", {}, "Where you are signed in"),
				el("ul", { class: "sessions" }, ...sessions.map((session) => row(session, showSessions))),
				el("button", { type: "button", class: "action", onclick: signOut }, "Sign out")]);
		}
		catch (failure) {
			refused(failure);
		}
	};

	const signOut = async () => {
		try {
			await ask("POST", "auth/logout");
			// The browser has forgotten what the site kept
			basket.clear();
			leave("You are signed out, and your basket is empty");
		}
		catch (failure) {
			refused(failure);
		}
	};

	const refused = (failure) => (failure.status === 401 ? leave("You were signed out") : fill(dialog, [
		el("h2", {}, `Hello, ${me.firstName}`), el("p", { class: "wrong", role: "alert" }, failure.message)]));

	if (document.cookie.includes(SIGN)) {
		ask("GET", "api/me").then(known).catch((failure) => failure.status === 401 && known(null));
	}
}

function row(session, again) {
	return el("li", {},
		el("span", {}, el("b", {}, session.device || "A browser"), el("small", {}, session.current ? "This one" : `Seen ${ago(session.lastSeen)}`)),
		session.current ? null : el("button", { type: "button", class: "gun", onclick: async ({ target }) => {
			target.disabled = true;
			await ask("DELETE", `api/me/sessions/${session.handle}`).catch((failure) => say(failure.message));
			again();
		} }, "End it"));
}

function field(label, attributes) {
	return el("label", {}, label, el("input", attributes));
}

function fill(dialog, content) {
	dialog.replaceChildren(...content, el("button", {
		type: "button", class: "close", "aria-label": "Close", onclick: () => dialog.close()
	}, "\u00d7"));
}
