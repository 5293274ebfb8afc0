package io.redispatterns.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.distributed.proxy.RemoteBucketBuilder;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;

/**
 * Bucket4j on Lettuce, as its guide opens it, the proxy of a subject kept.
 */
final class Bucket4jLimit implements Limit {

	private static final BucketConfiguration CONFIGURATION = BucketConfiguration.builder()
		.addLimit((limit) -> limit.capacity(PLENTY).refillGreedy(PLENTY, Duration.ofHours(1)))
		.build();

	private final RedisClient client;

	private final ProxyManager<byte[]> proxies;

	private final boolean batching;

	private final Map<String, BucketProxy> buckets = new ConcurrentHashMap<>();

	Bucket4jLimit(int port, boolean batching) {
		this.client = RedisClient.create(RedisURI.create("127.0.0.1", port));
		this.proxies = Bucket4jLettuce.casBasedBuilder(this.client)
			.expirationAfterWrite(
					ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofSeconds(10)))
			.build();
		this.batching = batching;
	}

	@Override
	public boolean acquire(String subject) {
		return this.buckets.computeIfAbsent(subject, this::bucket).tryConsume(1);
	}

	private BucketProxy bucket(String subject) {
		RemoteBucketBuilder<byte[]> builder = this.proxies.builder();
		if (this.batching) {
			builder = builder.withOptimization(Optimizations.batching());
		}
		return builder.build(("benchmarks:rl:{" + subject + "}:limit").getBytes(StandardCharsets.UTF_8),
				() -> CONFIGURATION);
	}

	@Override
	public void close() {
		this.client.shutdown();
	}

}
