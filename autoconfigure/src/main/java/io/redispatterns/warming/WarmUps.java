package io.redispatterns.warming;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.redispatterns.redis.NodeId;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.key.KeySpace;
import io.redispatterns.redis.key.Keys;
import io.redispatterns.warming.run.Tally;
import io.redispatterns.warming.run.WarmLease;
import io.redispatterns.warming.run.WarmPlan;
import io.redispatterns.warming.run.WarmUp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;

/**
 * The warm-ups of all annotated methods, from when the application is ready until it
 * stops.
 */
final class WarmUps implements SmartInitializingSingleton, ApplicationListener<ApplicationReadyEvent>, SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(WarmUps.class);

	private final ConfigurableListableBeanFactory beans;

	private final WarmingProperties properties;

	private final RedisExecutor redis;

	private final Keys keys;

	private final NodeId node;

	private final Map<String, Tally> tallies = new TreeMap<>();

	private final List<WarmUp> warmUps = new ArrayList<>();

	WarmUps(ConfigurableListableBeanFactory beans, WarmingProperties properties, RedisExecutor redis, KeySpace keySpace,
			NodeId node) {
		this.beans = beans;
		this.properties = properties;
		this.redis = redis;
		this.keys = keySpace.kind("warm");
		this.node = node;
	}

	@Override
	public void afterSingletonsInstantiated() {
		for (WarmPlan plan : WarmMethods.of(this.beans, this.properties)) {
			WarmLease lease = new WarmLease(this.redis, this.keys.key(plan.cache(), plan.name()), this.node);
			Tally tally = this.tallies.computeIfAbsent(plan.cache(), (cache) -> new Tally());
			this.warmUps.add(new WarmUp(plan, this.redis, lease, tally));
		}
	}

	/**
	 * What was warmed on this node, by cache; none before all beans are made.
	 */
	Map<String, Tally> tallies() {
		return this.tallies;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		begin();
	}

	private void begin() {
		this.warmUps.forEach(WarmUp::begin);
	}

	/**
	 * Wait for the warm-ups on start.
	 */
	void awaitStart() throws InterruptedException, ExecutionException {
		begin();
		Duration timeout = this.properties.timeout();
		try {
			CompletableFuture.allOf(this.warmUps.stream().map(WarmUp::started).toArray(CompletableFuture[]::new))
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
		this.warmUps.forEach(WarmUp::end);
	}

	@Override
	public boolean isRunning() {
		return this.warmUps.stream().anyMatch(WarmUp::isRunning);
	}

}
