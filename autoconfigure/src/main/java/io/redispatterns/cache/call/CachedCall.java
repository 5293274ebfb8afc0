package io.redispatterns.cache.call;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * One call of a cached method, which may go on on any thread, and what it has missed. A
 * publisher may be subscribed to several times: of what is missed again before it was
 * put, the first miss stays.
 */
public final class CachedCall {

	private static final long FORGOTTEN = Duration.ofMinutes(1).toNanos();

	private static final ThreadLocal<@Nullable CachedCall> CURRENT = new ThreadLocal<>();

	private final Map<ByteBuffer, Missed> missed = new ConcurrentHashMap<>();

	/**
	 * The call that this thread works for, {@code null} for none.
	 */
	public static @Nullable CachedCall current() {
		return CURRENT.get();
	}

	/**
	 * Make this thread work for the call.
	 * @return ends that
	 */
	Scope enter() {
		CachedCall before = CURRENT.get();
		CURRENT.set(this);
		return () -> CURRENT.set(before);
	}

	boolean hasMissed() {
		return !this.missed.isEmpty();
	}

	/**
	 * Keep what a miss gave.
	 * @param key what was missed
	 * @param permit what it gave
	 * @param onThread keeps it for a put of the current thread
	 */
	public <T> void keep(byte[] key, T permit, BiConsumer<byte[], T> onThread) {
		long now = System.nanoTime();
		this.missed.compute(ByteBuffer.wrap(key), (name, before) -> {
			if (before != null && before.puts > 0 && now - before.since < FORGOTTEN) {
				before.puts++;
				return before;
			}
			return new Missed(permit, () -> onThread.accept(key, permit), now);
		});
	}

	/**
	 * Take what the miss gave that a put follows.
	 * @return {@code null} when it follows none
	 */
	public @Nullable Object take(byte[] key) {
		Missed found = this.missed.computeIfPresent(ByteBuffer.wrap(key), (name, before) -> {
			before.puts--;
			return before;
		});
		return (found != null) ? found.permit : null;
	}

	/**
	 * Let the next puts of this thread find what was missed, too.
	 */
	void keepOnThread() {
		this.missed.values().forEach((each) -> each.onThread.run());
	}

	/**
	 * How long a thread works for a call.
	 */
	@FunctionalInterface
	interface Scope extends AutoCloseable {

		@Override
		void close();

	}

	private static final class Missed {

		private final Object permit;

		private final Runnable onThread;

		private final long since;

		private int puts = 1;

		Missed(Object permit, Runnable onThread, long since) {
			this.permit = permit;
			this.onThread = onThread;
			this.since = since;
		}

	}

}
