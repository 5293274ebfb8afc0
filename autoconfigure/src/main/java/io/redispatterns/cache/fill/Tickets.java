package io.redispatterns.cache.fill;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;

import io.redispatterns.cache.call.CachedCall;
import io.redispatterns.cache.lease.Permit;
import org.jspecify.annotations.Nullable;

/**
 * The permits of those who were told of a miss and may come back with a put: by the call
 * of a method that goes on on any thread, or by the thread.
 * <p>
 * A put that brings what was loaded cannot be told from one that brings what was written.
 * Taken for a fill by mistake, the latter costs a miss when another write has come
 * between.
 */
public final class Tickets {

	private static final int MAX_OF_THREAD = 16;

	private final ThreadLocal<Map<ByteBuffer, Permit>> ofThread = ThreadLocal.withInitial(Latest::new);

	public void keep(byte[] key, Permit permit) {
		this.ofThread.get().put(ByteBuffer.wrap(key), permit);
	}

	/**
	 * Take the permit of a miss.
	 * @return the permit, {@code null} when there was no miss
	 */
	public @Nullable Permit take(byte[] key) {
		CachedCall call = CachedCall.current();
		Permit permit = (call != null) ? (Permit) call.take(key) : null;
		Map<ByteBuffer, Permit> kept = this.ofThread.get();
		return (permit != null || kept.isEmpty()) ? permit : kept.remove(ByteBuffer.wrap(key));
	}

	/**
	 * What this thread has missed it has written since.
	 */
	public void drop(byte[] key) {
		this.ofThread.get().remove(ByteBuffer.wrap(key));
	}

	public void dropAll() {
		this.ofThread.remove();
	}

	private static final class Latest extends LinkedHashMap<ByteBuffer, Permit> {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Entry<ByteBuffer, Permit> eldest) {
			return size() > MAX_OF_THREAD;
		}

	}

}
