package io.redispatterns.redis.resilience;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that looks after a connection, from the first command on.
 */
final class Watch {

	private static final Logger logger = LoggerFactory.getLogger(Watch.class);

	private final Runnable look;

	private final Duration interval;

	private volatile @Nullable ScheduledExecutorService thread;

	Watch(Runnable look, Duration interval) {
		this.look = look;
		this.interval = interval;
	}

	void begin() {
		if (this.thread == null) {
			start();
		}
	}

	private synchronized void start() {
		if (this.thread == null) {
			ScheduledExecutorService single = Executors.newSingleThreadScheduledExecutor((work) -> {
				Thread made = new Thread(work, "redis-patterns-guard");
				made.setDaemon(true);
				return made;
			});
			single.scheduleWithFixedDelay(this::look, 0, this.interval.toNanos(), TimeUnit.NANOSECONDS);
			this.thread = single;
		}
	}

	private void look() {
		try {
			this.look.run();
		}
		catch (RuntimeException ex) {
			logger.debug("A look at the connection failed and is repeated", ex);
		}
	}

	synchronized void end() {
		if (this.thread != null) {
			this.thread.shutdownNow();
			this.thread = null;
		}
	}

}
