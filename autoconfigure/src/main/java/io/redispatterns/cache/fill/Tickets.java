package io.redispatterns.cache.fill;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

/**
 * The permits of those who were told of a miss and may come back with a put: by the
 * thread, or where the miss was told to a future, by the key alone.
 * <p>
 * A put that brings what was loaded cannot be told from one that brings what was written.
 * Taken for a fill by mistake, the latter costs a miss when another write has come
 * between.
 */
public final class Tickets {

	private static final int MAX_OF_THREAD = 16;

	private static final int MAX_OF_FUTURES = 10_000;

	private final ThreadLocal<Map<ByteBuffer, Permit>> ofThread = ThreadLocal.withInitial(Latest::new);

	private final Cache<ByteBuffer, Queue<Ticket>> ofFutures = Caffeine.newBuilder()
		.maximumSize(MAX_OF_FUTURES)
		.expireAfterWrite(Duration.ofMinutes(1))
		.executor(Runnable::run)
		.build();

	public void keep(byte[] key, Permit permit) {
		this.ofThread.get().put(ByteBuffer.wrap(key), permit);
	}

	/**
	 * Keep the permit of a miss that is told to a future.
	 * @param asker the thread that has asked, {@code null} when many share it
	 */
	public void keepForFuture(byte[] key, Permit permit, @Nullable Thread asker) {
		this.ofFutures.get(ByteBuffer.wrap(key), (missed) -> new ConcurrentLinkedQueue<>())
			.add(new Ticket(permit, asker));
	}

	/**
	 * Take the permit of a miss. One of a future stays for others: a put of another
	 * thread may be anybody's.
	 * @return the permit, {@code null} when there was no miss
	 */
	public @Nullable Permit take(byte[] key) {
		ByteBuffer name = ByteBuffer.wrap(key);
		Permit permit = this.ofThread.get().remove(name);
		if (permit != null) {
			return permit;
		}
		Queue<Ticket> others = this.ofFutures.getIfPresent(name);
		if (others == null) {
			return null;
		}
		Ticket any = null;
		for (Ticket ticket : others) {
			if (ticket.asker() == Thread.currentThread() && others.remove(ticket)) {
				return ticket.permit();
			}
			any = ticket;
		}
		return (any != null) ? any.permit() : null;
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

	private record Ticket(Permit permit, @Nullable Thread asker) {

	}

}
