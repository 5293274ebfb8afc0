package io.redispatterns.redis;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that looks after something again and again, from the first time that it is
 * asked to. A look that fails is repeated.
 */
public final class Watch {

	private static final Logger logger = LoggerFactory.getLogger(Watch.class);

	private final String name;

	private final Runnable look;

	private final Duration interval;

	private volatile @Nullable ScheduledExecutorService thread;

	/**
	 * Create a watch that has not begun.
	 * @param name name of the thread
	 * @param look what to do
	 * @param interval time between two looks
	 */
	public Watch(String name, Runnable look, Duration interval) {
		this.name = name;
		this.look = look;
		this.interval = interval;
	}

	/**
	 * Begin, unless this has begun.
	 */
	public void begin() {
		if (this.thread == null) {
			start();
		}
	}

	private synchronized void start() {
		if (this.thread == null) {
			ScheduledExecutorService single = Executors.newSingleThreadScheduledExecutor((work) -> {
				Thread made = new Thread(work, this.name);
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
			logger.debug("A look failed and is repeated", ex);
		}
	}

	/**
	 * Whether this has begun and not ended.
	 * @return whether there is a thread
	 */
	public boolean isRunning() {
		return this.thread != null;
	}

	/**
	 * End the thread; a look that is going on is interrupted.
	 */
	public synchronized void end() {
		if (this.thread != null) {
			this.thread.shutdownNow();
			this.thread = null;
		}
	}

}
