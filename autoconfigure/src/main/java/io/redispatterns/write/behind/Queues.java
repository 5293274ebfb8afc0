package io.redispatterns.write.behind;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.redispatterns.cache.lease.HeldRows;
import io.redispatterns.cache.lease.Leases;
import io.redispatterns.codec.ValueCodec;
import io.redispatterns.codec.json.JsonValueCodecs;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.key.KeySpace;
import io.redispatterns.write.behind.queue.DeadLetters;
import io.redispatterns.write.behind.queue.QueueKey;
import io.redispatterns.write.behind.queue.QueuedChange;
import io.redispatterns.write.behind.queue.WriteQueue;
import io.redispatterns.write.behind.read.PendingRows;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.function.SingletonSupplier;

/**
 * The queues that annotated methods name. Those with a method that flushes are flushed
 * from the start of the application until it stops, which is after its web server has.
 */
final class Queues implements PendingRows, HeldRows, DeadLetters, SmartInitializingSingleton, SmartLifecycle {

	private final ConcurrentMap<String, BehindQueue> queues = new ConcurrentHashMap<>();

	private final Map<String, Flusher> flushers = new LinkedHashMap<>();

	private final ConfigurableListableBeanFactory beans;

	private final WriteBehindProperties properties;

	private final RedisExecutor redis;

	private final KeySpace keySpace;

	private final String owner;

	private final SingletonSupplier<WriteBehindMethods> methods;

	private volatile boolean running;

	Queues(ConfigurableListableBeanFactory beans, WriteBehindProperties properties, RedisExecutor redis,
			KeySpace keySpace, String owner) {
		this.beans = beans;
		this.properties = properties;
		this.redis = redis;
		this.keySpace = keySpace;
		this.owner = owner;
		this.methods = SingletonSupplier.of(() -> WriteBehindMethods.of(beans));
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.methods.obtain()
			.flushes()
			.forEach((name, method) -> this.flushers.put(name, new Flusher(queue(name), this.owner,
					(batch) -> method.call(this.beans, name, batch, queue(name).codec()))));
	}

	BehindQueue queue(String name) {
		return this.queues.computeIfAbsent(name, this::create);
	}

	/**
	 * What flushes here, by queue.
	 */
	Map<String, Flusher> flushers() {
		return this.flushers;
	}

	private BehindQueue create(String name) {
		WriteBehindProperties.Queue settings = this.properties.queue(name);
		WriteQueue queue = new WriteQueue(this.redis, this.keySpace.kind("wb"), name, settings.limits());
		java.lang.reflect.Type type = this.methods.obtain().type(name);
		ValueCodec codec = this.beans.getBean(JsonValueCodecs.class)
			.codecFor("queue '" + name + "'", List.of((type != null) ? type : String.class));
		this.redis.connect();
		String cache = this.methods.obtain().cache(name);
		return new BehindQueue(name, queue, codec, settings, new BehindQueue.Ends(() -> cache(cache), (age) -> {
			Flusher flusher = this.flushers.get(name);
			return flusher != null && flusher.flush(age);
		}));
	}

	private @Nullable Cache cache(@Nullable String name) {
		CacheManager manager = (name != null) ? this.beans.getBeanProvider(CacheManager.class).getIfAvailable() : null;
		return (manager != null && name != null) ? manager.getCache(name) : null;
	}

	@Override
	public Set<String> caches() {
		return this.methods.obtain().queues().keySet();
	}

	@Override
	public @Nullable Row find(String cache, Object key) {
		String name = this.methods.obtain().queues().get(cache);
		if (name == null || !QueueKey.isPossible(key)) {
			return null;
		}
		BehindQueue queue = queue(name);
		return row(queue, queue.queue().reads().pending(key));
	}

	@Override
	public CompletableFuture<@Nullable Row> findLater(String cache, Object key) {
		String name = this.methods.obtain().queues().get(cache);
		if (name == null || !QueueKey.isPossible(key)) {
			return CompletableFuture.completedFuture(null);
		}
		BehindQueue queue = queue(name);
		return queue.queue().reads().pendingLater(key).thenApply((change) -> row(queue, change));
	}

	@Override
	public void leaveUnstored(String cache, Object key) {
		// Ahead of the fill where they share a connection; what comes behind it removes
		// it
		Leases.voidLoads(this.redis, this.keySpace.named(cache).key(key));
	}

	@Override
	public CompletableFuture<Map<Object, Optional<Object>>> held(String cache, Collection<?> keys) {
		String name = this.methods.obtain().queues().get(cache);
		List<?> possible = (name != null) ? keys.stream().filter(QueueKey::isPossible).toList() : List.of();
		if (name == null || possible.isEmpty()) {
			return CompletableFuture.completedFuture(Map.of());
		}
		BehindQueue queue = queue(name);
		return queue.queue().reads().allPendingLater(possible).thenApply((changes) -> {
			Map<Object, Optional<Object>> rows = new HashMap<>();
			changes.forEach((change) -> rows.put(change.key(), Optional.ofNullable(change.decode(queue.codec()))));
			return rows;
		});
	}

	private static @Nullable Row row(BehindQueue queue, @Nullable QueuedChange change) {
		return (change != null) ? new Row(change.decode(queue.codec())) : null;
	}

	@Override
	public Set<String> queues() {
		return this.methods.obtain().names();
	}

	@Override
	public long count(String queue) {
		return queue(queue).queue().reads().depth().dead();
	}

	@Override
	public long requeue(String queue, int most) {
		return queue(queue).queue().requeue(most);
	}

	@Override
	public void start() {
		this.running = true;
		this.flushers.values().forEach(Flusher::begin);
	}

	@Override
	public void stop() {
		List<Flusher> ending = new ArrayList<>(this.flushers.values());
		ending.forEach(Flusher::end);
		this.running = false;
	}

	/**
	 * On a thread of its own, so that no flush keeps the application for longer than a
	 * phase of its shutdown may take.
	 */
	@Override
	public void stop(Runnable callback) {
		Thread last = new Thread(() -> {
			try {
				stop();
			}
			finally {
				callback.run();
			}
		}, "redis-write-behind-stop");
		last.setDaemon(true);
		last.start();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return Integer.MAX_VALUE / 2;
	}

}
