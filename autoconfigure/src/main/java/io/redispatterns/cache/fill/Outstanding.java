package io.redispatterns.cache.fill;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

import io.redispatterns.cache.lease.Grant;
import org.jspecify.annotations.Nullable;

/**
 * The permits of the misses of one key that were told to futures, whose puts may come on
 * any thread and in any order. While they are not all of one lease, nobody knows whose a
 * put is, and none is stored: a late loader would come back with the lease of another.
 * <p>
 * The last permit stays when each has had its put, for a put that took another's, but not
 * for the thread that has both asked and put.
 */
final class Outstanding {

	static final Duration TIME = Duration.ofMinutes(1);

	private static final int MAX = 64;

	private final Deque<Ticket> tickets = new ArrayDeque<>();

	private @Nullable Ticket last;

	private boolean mixed;

	synchronized void add(Permit permit, @Nullable Thread asker, long now) {
		prune(now);
		Ticket before = this.tickets.peekLast();
		this.mixed = before != null && (this.mixed || !isSame(before.permit(), permit));
		if (this.tickets.size() == MAX) {
			this.tickets.removeFirst();
			this.mixed = true;
		}
		this.tickets.addLast(new Ticket(permit, asker, now));
	}

	synchronized @Nullable Permit take(long now) {
		prune(now);
		Ticket first = this.tickets.pollFirst();
		Thread self = Thread.currentThread();
		if (first != null) {
			Permit permit = this.mixed ? Permit.REFUSED : first.permit();
			this.last = new Ticket(permit, (first.asker() == self) ? self : null, now);
			return permit;
		}
		Ticket taken = this.last;
		return (taken != null && taken.asker() != self && !taken.isOver(now)) ? taken.permit() : null;
	}

	private void prune(long now) {
		while (!this.tickets.isEmpty() && this.tickets.getFirst().isOver(now)) {
			this.tickets.removeFirst();
		}
	}

	private static boolean isSame(Permit one, Permit other) {
		Grant grant = one.grant();
		Grant another = other.grant();
		return grant != null && another != null && Arrays.equals(grant.token(), another.token());
	}

	private record Ticket(Permit permit, @Nullable Thread asker, long nanos) {

		boolean isOver(long now) {
			return now - nanos() > TIME.toNanos();
		}

	}

}
