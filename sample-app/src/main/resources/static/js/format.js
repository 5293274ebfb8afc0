const money = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });

const numbers = new Intl.NumberFormat("en-US");

export function price(amount) {
	return money.format(amount);
}

/** Sums prices in cents, so that no total ends in 0000001. */
export function total(tracks) {
	return tracks.reduce((cents, track) => cents + Math.round(track.unitPrice * 100), 0) / 100;
}

export function count(number, noun) {
	return `${numbers.format(number)} ${noun}${number === 1 ? "" : "s"}`;
}

export function number(value) {
	return numbers.format(value);
}

export function percent(ratio) {
	return `${Math.round(ratio * 100)}%`;
}

export function duration(milliseconds) {
	const seconds = Math.round(milliseconds / 1000);
	const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
	const shown = parts[0] > 0 ? parts : parts.slice(1);
	return shown.map((part, i) => (i === 0 ? String(part) : String(part).padStart(2, "0"))).join(":");
}

export function millis(value) {
	if (value < .05) {
		return "under 0.1 ms";
	}
	return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}

export function seconds(milliseconds) {
	return `${(milliseconds / 1000).toFixed(1)} s`;
}

export function uptime(seconds) {
	const minutes = Math.floor(seconds / 60);
	const hours = Math.floor(minutes / 60);
	if (hours > 0) {
		return `${hours} h ${minutes % 60} min`;
	}
	return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

export function ago(instant) {
	const minutes = Math.round((Date.now() - Date.parse(instant)) / 60_000);
	if (minutes < 1) {
		return "just now";
	}
	return minutes < 60 ? `${count(minutes, "minute")} ago` : `${count(Math.round(minutes / 60), "hour")} ago`;
}
