package io.redispatterns.ratelimit.script;

import java.time.Duration;

/**
 * Whole numbers with blanks between, read one after another.
 */
final class Numbers {

	private final byte[] bytes;

	private int position;

	Numbers(byte[] bytes) {
		this.bytes = bytes;
	}

	long next() {
		long number = 0;
		while (this.position < this.bytes.length && this.bytes[this.position] != ' ') {
			number = number * 10 + this.bytes[this.position++] - '0';
		}
		this.position++;
		return number;
	}

	Duration nextMicros() {
		return micros(next());
	}

	static Duration micros(long micros) {
		return (micros > 0) ? Duration.ofNanos(micros * 1000) : Duration.ZERO;
	}

}
