package io.redispatterns.warming;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;

import io.redispatterns.warming.run.Tally;
import io.redispatterns.warming.run.WarmPlan;
import io.redispatterns.warming.run.WarmUp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.function.SingletonSupplier;

/**
 * The warm-ups of all annotated methods, from when the application is ready until it
 * stops.
 */
final class WarmUps implements SmartInitializingSingleton, ApplicationListener<ApplicationReadyEvent>, SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(WarmUps.class);

	private final WarmingProperties properties;

	private final Map<String, Tally> tallies = new TreeMap<>();

	private final SingletonSupplier<List<WarmUp>> all;

	/**
	 * Create the warm-ups.
	 * @param beans the application's beans
	 * @param properties what a method does not say
	 * @param factory makes the warm-ups of a method that are counted so
	 */
	WarmUps(ConfigurableListableBeanFactory beans, WarmingProperties properties,
			BiFunction<WarmPlan, Tally, WarmUp> factory) {
		this.properties = properties;
		this.all = SingletonSupplier.of(() -> WarmMethods.of(beans, properties)
			.stream()
			.map((plan) -> factory.apply(plan, this.tallies.computeIfAbsent(plan.cache(), (cache) -> new Tally())))
			.toList());
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.all.obtain();
	}

	/**
	 * What was warmed on this node, by cache.
	 */
	Map<String, Tally> tallies() {
		this.all.obtain();
		return this.tallies;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		begin();
	}

	private void begin() {
		this.all.obtain().forEach(WarmUp::begin);
	}

	/**
	 * Wait for the warm-ups on start.
	 */
	void awaitStart() throws InterruptedException, ExecutionException {
		begin();
		Duration timeout = this.properties.timeout();
		try {
			CompletableFuture.allOf(this.all.obtain().stream().map(WarmUp::started).toArray(CompletableFuture[]::new))
				.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			logger.warn("Caches are not warm after {} ms ('redis.warming.timeout'): traffic is accepted nevertheless,"
					+ " and warming goes on", timeout.toMillis());
		}
	}

	@Override
	public void start() {
	}

	@Override
	public void stop() {
		this.all.obtain().forEach(WarmUp::end);
	}

	@Override
	public boolean isRunning() {
		return this.all.obtain().stream().anyMatch(WarmUp::isRunning);
	}

}
