package io.redispatterns.write.behind;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.Watch;
import io.redispatterns.write.behind.queue.ClaimedBatch;
import io.redispatterns.write.behind.queue.Failure;
import io.redispatterns.write.behind.queue.FlushOutages;
import io.redispatterns.write.behind.queue.QueuedChange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.NestedExceptionUtils;

/**
 * Flushes a queue, as long as no other node does. What fails by an outage is tried again
 * for as long as it lasts; what fails otherwise is taken in parts, until the change that
 * is at fault is alone and is put to the dead letter.
 */
final class Flusher {

	private static final Logger logger = LoggerFactory.getLogger(Flusher.class);

	private static final long SHORTEST_PAUSE = Duration.ofMillis(100).toNanos();

	private static final int DOUBLINGS = 7;

	final LongAdder flushed = new LongAdder();

	final LongAdder failed = new LongAdder();

	private final BehindQueue queue;

	private final String owner;

	private final Consumer<ClaimedBatch> target;

	private final ReentrantLock lock = new ReentrantLock();

	private final Watch loop;

	private final Watch renewal;

	private volatile boolean holding;

	private volatile int failures;

	private long pauseEnd;

	private boolean checked;

	/**
	 * Create a flusher.
	 * @param queue the queue
	 * @param owner who holds what is flushed
	 * @param target writes a batch
	 */
	Flusher(BehindQueue queue, String owner, Consumer<ClaimedBatch> target) {
		this.queue = queue;
		this.owner = owner;
		this.target = target;
		Duration look = queue.settings().interval().dividedBy(4);
		this.loop = new Watch("redis-write-behind-" + queue.name(), this::look,
				(look.toMillis() < 10) ? Duration.ofMillis(10) : look);
		this.renewal = new Watch("redis-write-behind-lease-" + queue.name(), this::renew,
				queue.settings().lease().dividedBy(3));
	}

	void begin() {
		this.loop.begin();
		this.renewal.begin();
	}

	boolean isFailing() {
		return this.failures > 0;
	}

	/**
	 * Flush what waits until nothing does or a batch fails, and end.
	 */
	void end() {
		try {
			while (flush(Duration.ZERO)) {
				logger.debug("A batch was flushed on the way out");
			}
		}
		catch (RedisFailureException ex) {
			logger.warn("Queue '{}' was not flushed on the way out: {}", this.queue.name(), ex.getMessage());
		}
		this.loop.end();
		this.renewal.end();
	}

	/**
	 * Flush a batch.
	 * @param age for how long the oldest change of a batch that is not full must have
	 * waited
	 * @return whether another may follow at once
	 */
	boolean flush(Duration age) {
		this.lock.lock();
		try {
			if (this.failures > 0 && System.nanoTime() - this.pauseEnd < 0) {
				return false;
			}
			ClaimedBatch batch = this.queue.queue().claim(this.owner, age);
			return batch != null && flush(batch);
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean flush(ClaimedBatch batch) {
		this.holding = true;
		try {
			this.target.accept(batch);
		}
		catch (RuntimeException ex) {
			return failed(batch, ex);
		}
		finally {
			this.holding = false;
		}
		// Before they are removed: a load between would else find neither them nor an
		// eviction
		this.queue.evict(batch.changes().stream().filter((each) -> !each.announced()).map(QueuedChange::key).toList());
		if (this.queue.queue().acknowledge(this.owner, batch)) {
			this.flushed.add(batch.changes().size());
		}
		else {
			logger.warn("Batch {} of queue '{}' took longer than its lease: another node flushes it again", batch.id(),
					this.queue.name());
		}
		if (this.failures > 0) {
			logger.info("Queue '{}' is flushed again", this.queue.name());
		}
		this.failures = 0;
		return true;
	}

	private boolean failed(ClaimedBatch batch, RuntimeException ex) {
		this.failed.increment();
		Throwable cause = NestedExceptionUtils.getMostSpecificCause(ex);
		Failure outcome = Failure.RETRIED;
		if (FlushOutages.contain(ex)) {
			this.queue.queue().release(this.owner);
		}
		else {
			outcome = this.queue.queue().fail(this.owner, batch, cause.getClass().getName());
		}
		logger.debug("Batch {} of queue '{}' has failed: {}", batch.id(), this.queue.name(), outcome, ex);
		if (outcome == Failure.DEAD) {
			this.queue.evict(batch.changes().stream().map(QueuedChange::key).toList());
			logger.error(
					"A change of queue '{}' has failed {} times by {}: it is not written, and lies in the dead letter",
					this.queue.name(), this.queue.settings().maxAttempts(), cause.getClass().getName());
		}
		else if (outcome == Failure.RETRIED) {
			if (this.failures == 0) {
				logger.warn("Queue '{}' cannot be flushed and is tried again until it can: {}", this.queue.name(),
						cause.getClass().getName());
			}
			this.pauseEnd = System.nanoTime() + (SHORTEST_PAUSE << Math.min(this.failures, DOUBLINGS));
			this.failures = this.failures + 1;
		}
		return outcome == Failure.SPLIT || outcome == Failure.DEAD;
	}

	private void look() {
		if (!this.checked) {
			warn(durability());
			this.checked = true;
		}
		boolean more = true;
		while (more) {
			more = flush(this.queue.settings().interval()) && this.loop.isRunning();
		}
	}

	/**
	 * What the server keeps, nothing where this application may not ask.
	 */
	private String durability() {
		try {
			return this.queue.queue().reads().durability();
		}
		catch (RedisFailureException ex) {
			if (ex.kind() == RedisFailureException.Kind.REFUSED) {
				return "";
			}
			throw ex;
		}
	}

	private void warn(String durability) {
		if (durability.contains("aof_enabled:0")) {
			logger.warn(
					"Redis keeps no append-only file: a restart of it loses what queue '{}' has accepted and not flushed",
					this.queue.name());
		}
		if (durability.contains("maxmemory_policy:allkeys")) {
			logger.warn(
					"Redis evicts any key when memory is short: queue '{}' needs 'noeviction' or a 'volatile' policy",
					this.queue.name());
		}
	}

	private void renew() {
		if (this.holding) {
			this.queue.queue().renew(this.owner);
		}
	}

}
