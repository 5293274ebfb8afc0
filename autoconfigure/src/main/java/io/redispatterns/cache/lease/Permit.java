package io.redispatterns.cache.lease;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

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
	public static final Permit FENCED = new Permit(null, new Admission(new Lease(State.FENCED, new byte[0], 0), () -> {
	}), null);

	private final @Nullable Leases leases;

	private final @Nullable Admission admission;

	private final @Nullable Grant grant;

	private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

	private Permit() {
		this.leases = null;
		this.admission = null;
		this.grant = null;
	}

	/**
	 * The permit that comes of an admission.
	 * @param leases renews and ends its lease
	 * @param grant the right to fill, {@code null} when there is none
	 */
	public Permit(@Nullable Leases leases, Admission admission, @Nullable Grant grant) {
		this.leases = leases;
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
		Leases access = Objects.requireNonNull(this.leases);
		return access.bounded(access.renew(held.key(), held.token(), time));
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
