package io.redispatterns.stampede;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Those who wait for the lease of an entry to end, by its key.
 */
final class Waiters {

	private final Map<ByteBuffer, Set<CompletableFuture<Void>>> waiting = new ConcurrentHashMap<>();

	/**
	 * Wait from now on.
	 * @param key the key of the entry
	 * @return completed when the wait has ended, on a thread that may be held up
	 */
	CompletableFuture<Void> expect(byte[] key) {
		CompletableFuture<Void> wake = new CompletableFuture<>();
		this.waiting.compute(ByteBuffer.wrap(key), (same, others) -> {
			Set<CompletableFuture<Void>> all = (others != null) ? others : ConcurrentHashMap.newKeySet();
			all.add(wake);
			return all;
		});
		return wake;
	}

	/**
	 * Wait no more.
	 */
	void forget(byte[] key, CompletableFuture<Void> wake) {
		this.waiting.computeIfPresent(ByteBuffer.wrap(key), (same, all) -> {
			all.remove(wake);
			return all.isEmpty() ? null : all;
		});
	}

	/**
	 * Wake those who wait for a key.
	 */
	void wake(byte[] key) {
		wake(this.waiting.get(ByteBuffer.wrap(key)));
	}

	/**
	 * Wake all, who may have missed a message.
	 */
	void wakeAll() {
		this.waiting.values().forEach(Waiters::wake);
	}

	private static void wake(@Nullable Set<CompletableFuture<Void>> waiting) {
		if (waiting != null) {
			// Not on the thread of the subscription, which would wait for its own client
			waiting.forEach((wake) -> wake.completeAsync(() -> null));
		}
	}

}
