package io.redispatterns.redis.key;

import java.lang.management.ManagementFactory;
import java.util.List;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;

import org.springframework.cache.interceptor.SimpleKey;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Prints what a key allocates, and holds the common ones to the key itself.
 */
class KeyAllocationTests {

	private static final int ROUNDS = 50_000;

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final Keys keys = KeySpace.of("shop").named("tracks");

	private volatile byte[] last = {};

	@Test
	void allocatesOnlyTheKeyForNumbersAndShortTexts() {
		for (Object argument : List.of(1234, 12_345_678_901L, "luisg@embraer.com.br")) {
			assertThat(print(argument)).isLessThan(this.last.length + 24L);
		}
		for (Object argument : List.of("é", new SimpleKey("a", 1), List.of("a", "b"), "x".repeat(1000))) {
			print(argument);
		}
	}

	private long print(Object argument) {
		long allocated = Math.min(measure(argument), measure(argument));
		System.out.printf("%-22.22s %4d bytes allocated, %3d in the key%n", argument, allocated, this.last.length);
		return allocated;
	}

	private long measure(Object argument) {
		for (int i = 0; i < ROUNDS; i++) {
			this.last = this.keys.key(argument);
		}
		long before = this.threads.getCurrentThreadAllocatedBytes();
		for (int i = 0; i < ROUNDS; i++) {
			this.last = this.keys.key(argument);
		}
		return (this.threads.getCurrentThreadAllocatedBytes() - before) / ROUNDS;
	}

}
