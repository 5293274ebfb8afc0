package io.redispatterns.invalidation;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.redispatterns.invalidation.InvalidationStatistics.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Tells the listeners of the application, on one thread that ends when there is nothing
 * to tell. At most ten thousand messages wait.
 */
final class ListenerCalls implements Consumer<CacheInvalidation> {

	private static final Logger logger = LoggerFactory.getLogger(ListenerCalls.class);

	private static final int MAX_WAITING = 10_000;

	private final List<CacheInvalidationListener> listeners;

	private final InvalidationStatistics statistics;

	private final ThreadPoolExecutor thread;

	ListenerCalls(List<CacheInvalidationListener> listeners, InvalidationStatistics statistics) {
		this.listeners = listeners;
		this.statistics = statistics;
		CustomizableThreadFactory threads = new CustomizableThreadFactory("redis-patterns-invalidation-listeners-");
		threads.setDaemon(true);
		this.thread = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING),
				threads);
		this.thread.allowCoreThreadTimeOut(true);
	}

	@Override
	public void accept(CacheInvalidation invalidation) {
		try {
			this.thread.execute(() -> this.listeners.forEach((listener) -> tell(listener, invalidation)));
		}
		catch (RejectedExecutionException ex) {
			this.statistics.count(Event.UNHEARD);
		}
	}

	private void tell(CacheInvalidationListener listener, CacheInvalidation invalidation) {
		try {
			listener.onInvalidation(invalidation);
		}
		catch (RuntimeException ex) {
			logger.warn("A listener threw for a message about cache '{}'", invalidation.cache(), ex);
		}
	}

}
