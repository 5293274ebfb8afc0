package io.redispatterns.ratelimit.call;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import io.redispatterns.ratelimit.script.PolicyScript;
import io.redispatterns.ratelimit.script.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Refusals that stand until their retry instant, as this node has seen it, so that they
 * cost no command. Each is looked at again after a minute, as another node may have reset
 * the subject. Safe for use by many threads.
 */
public final class DenyCache {

	private static final long LOOK_AGAIN = 60_000_000_000L;

	private final int maxKeys;

	private final LongSupplier nanoTime;

	private final ConcurrentHashMap<Key, Refusal> refusals = new ConcurrentHashMap<>();

	private volatile long sweptAt;

	/**
	 * Create a cache.
	 * @param maxKeys largest number of refusals, 0 to remember none
	 * @param nanoTime a clock that never goes back
	 */
	public DenyCache(int maxKeys, LongSupplier nanoTime) {
		this.maxKeys = maxKeys;
		this.nanoTime = nanoTime;
		this.sweptAt = nanoTime.getAsLong();
	}

	/**
	 * Find the refusal of a request.
	 * @param script the policies, which are the same object as long as they are in force
	 * @param subject who asks
	 * @param cost permits of each
	 * @return the refusal as of now, {@code null} when the server is to be asked
	 */
	public @Nullable Verdict find(PolicyScript script, String subject, long cost) {
		if (this.refusals.isEmpty()) {
			return null;
		}
		Key key = new Key(script, subject);
		Refusal refusal = this.refusals.get(key);
		if (refusal == null || cost < refusal.cost()) {
			return null;
		}
		long passed = this.nanoTime.getAsLong() - refusal.begun();
		if (passed >= refusal.length()) {
			this.refusals.remove(key, refusal);
			return null;
		}
		return refusal.verdict().after(passed);
	}

	/**
	 * Remember a refusal, unless too many are remembered.
	 * @param script the policies
	 * @param subject who asked
	 * @param cost permits of each
	 * @param verdict the refusal
	 */
	public void put(PolicyScript script, String subject, long cost, Verdict verdict) {
		Duration stands = script.isRefusalFinal() ? verdict.retryAfter() : verdict.blockedFor();
		if (stands.isZero()) {
			return;
		}
		long now = this.nanoTime.getAsLong();
		if (this.refusals.size() >= this.maxKeys) {
			sweep(now);
			if (this.refusals.size() >= this.maxKeys) {
				return;
			}
		}
		long length = Math.min(stands.toNanos(), LOOK_AGAIN);
		this.refusals.put(new Key(script, subject), new Refusal(verdict, Math.max(cost, 1), now, length));
	}

	/**
	 * Forget the refusals of a subject.
	 * @param subject the subject
	 */
	public void forget(String subject) {
		this.refusals.keySet().removeIf((key) -> key.subject().equals(subject));
	}

	/**
	 * How many refusals are remembered.
	 * @return the number
	 */
	public int size() {
		return this.refusals.size();
	}

	private void sweep(long now) {
		// Not for each refusal of a flood of subjects
		if (now - this.sweptAt > 10_000_000L) {
			this.sweptAt = now;
			this.refusals.values().removeIf((refusal) -> now - refusal.begun() >= refusal.length());
		}
	}

	private record Key(PolicyScript script, String subject) {

	}

	private record Refusal(Verdict verdict, long cost, long begun, long length) {

	}

}
