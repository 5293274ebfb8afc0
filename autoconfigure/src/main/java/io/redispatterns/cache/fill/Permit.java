package io.redispatterns.cache.fill;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.redispatterns.cache.entry.EntryAccess;
import io.redispatterns.cache.lease.Grant;
import io.redispatterns.cache.lease.Lease;
import io.redispatterns.cache.lease.Lease.State;
import io.redispatterns.cache.lease.StampedeGuard.Admission;
import org.jspecify.annotations.Nullable;

/**
 * The right of one caller to load, and perhaps to fill. While the load goes on its lease
 * is renewed.
 */
public final class Permit {

	/**
	 * Redis was not asked, or did not answer.
	 */
	public static final Permit WITHOUT_REDIS = new Permit();

	/**
	 * A transaction is about to void the cache: who loads meanwhile may not fill.
	 */
	static final Permit FENCED = new Permit(null, new Admission(new Lease(State.FENCED, new byte[0], 0), () -> {
	}), null);

	private final @Nullable EntryAccess entries;

	private final @Nullable Admission admission;

	private final @Nullable Grant grant;

	private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

	private Permit() {
		this.entries = null;
		this.admission = null;
		this.grant = null;
	}

	/**
	 * The permit that comes of an admission.
	 * @param grant the right to fill, {@code null} when there is none
	 */
	public Permit(@Nullable EntryAccess entries, Admission admission, @Nullable Grant grant) {
		this.entries = entries;
		this.admission = admission;
		this.grant = grant;
	}

	/**
	 * Whether another has filled meanwhile.
	 */
	public boolean isFound() {
		return this.admission != null && this.admission.lease().state() == State.FOUND;
	}

	/**
	 * Whether Redis has said nothing about who may fill.
	 */
	public boolean isWithoutRedis() {
		return this.admission == null;
	}

	/**
	 * The right to fill.
	 * @return the grant, {@code null} when there is none
	 */
	public @Nullable Grant grant() {
		return this.grant;
	}

	/**
	 * Renew the lease from time to time until {@link #end}.
	 */
	public Permit renewing(Duration time) {
		if (this.grant != null) {
			CompletableFuture<Boolean> pause = new CompletableFuture<>();
			this.ended.whenComplete((used, ex) -> pause.complete(false));
			pause.completeOnTimeout(true, time.toMillis() / 3, TimeUnit.MILLISECONDS).thenAccept((over) -> {
				if (over) {
					renew(this.grant, time).whenComplete((there, ex) -> renewing(time));
				}
			});
		}
		return this;
	}

	private CompletableFuture<?> renew(Grant held, Duration time) {
		EntryAccess access = Objects.requireNonNull(this.entries);
		return access.bounded(access.leases().renew(held.key(), held.token(), time));
	}

	/**
	 * End the load. Others need not wait for the end of a lease that was not used.
	 * @param used whether a fill has ended the lease
	 */
	public void end(boolean used) {
		if (this.admission == null || !this.ended.complete(used)) {
			return;
		}
		if (!used && this.grant != null && this.grant.exclusive()) {
			renew(this.grant, Duration.ZERO);
		}
		this.admission.leave().run();
	}

}
