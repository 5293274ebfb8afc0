package io.redispatterns.invalidation.message;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

import io.redispatterns.cache.near.InvalidationBus.Trust;

/**
 * The beats that this node sends to itself, one by way of each server that takes writes,
 * and how long there is trust for those that came back. Messages of one server come in
 * their order: who hears a beat has heard what that server acknowledged before the beat
 * was sent. So there is trust for a time after the sending, not the hearing, of the beat
 * of the server that was heard least lately; and no timer is needed to end it.
 */
public final class Beats implements Trust {

	private final long maxSilence;

	private final LongSupplier nanoTime;

	private final Map<String, Beat> heard = new HashMap<>();

	private volatile long until;

	/**
	 * Create what has heard nothing, and does not trust.
	 * @param maxSilence how long there is trust after a beat, in nanoseconds
	 * @param nanoTime the time as of {@link System#nanoTime()}
	 */
	public Beats(long maxSilence, LongSupplier nanoTime) {
		this.maxSilence = maxSilence;
		this.nanoTime = nanoTime;
		this.until = nanoTime.getAsLong();
	}

	@Override
	public boolean holds(long nanos) {
		return nanos - this.until < 0;
	}

	/**
	 * Whether there is trust now.
	 * @return {@code false} when a write may be unknown
	 */
	public boolean hold() {
		return holds(this.nanoTime.getAsLong());
	}

	/**
	 * Take note of a beat that has come back. One that was not sent yet is none: it would
	 * buy trust for a time in which nothing may be heard.
	 * @param server by way of which it went
	 * @param beat the beat
	 * @param servers the servers there are
	 * @param flush forgets what may have been missed, before there is trust again
	 */
	public synchronized void hear(String server, Beat beat, Set<String> servers, Runnable flush) {
		this.heard.keySet().retainAll(servers);
		Beat before = this.heard.get(server);
		if (!servers.contains(server) || (before != null && beat.number() <= before.number())
				|| beat.sent() - this.nanoTime.getAsLong() > 0) {
			return;
		}
		this.heard.put(server, beat);
		boolean gap = before == null || beat.number() != before.number() + 1;
		if (gap || !hold()) {
			flush.run();
		}
		if (this.heard.size() == servers.size()) {
			long last = this.heard.values().stream().mapToLong(Beat::sent).reduce(beat.sent(), Beats::earlier);
			this.until = last + this.maxSilence;
		}
	}

	private static long earlier(long one, long other) {
		return (one - other < 0) ? one : other;
	}

	/**
	 * End the trust until beats of all servers have come back again.
	 */
	public synchronized void lose() {
		this.heard.clear();
		this.until = this.nanoTime.getAsLong();
	}

	/**
	 * A beat.
	 *
	 * @param number its number among those by way of its server
	 * @param sent when it was sent as of {@link System#nanoTime()}
	 */
	public record Beat(long number, long sent) {

	}

}
