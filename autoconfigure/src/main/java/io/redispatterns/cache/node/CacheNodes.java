package io.redispatterns.cache.node;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.redispatterns.redis.LuaScript;
import io.redispatterns.redis.NodeId;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.key.KeySpace;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * This node's sign of life, and whether another node is silent. Has a thread from the
 * first cache on. Says goodbye before the connection is closed.
 */
public final class CacheNodes implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(CacheNodes.class);

	private static final LuaScript<Long> NODES = LuaScript.returningNumber(CacheNodes.class, "nodes.lua");

	private static final long BEAT_MILLIS = 250;

	private final RedisExecutor redis;

	private final byte[] key;

	private final byte[] id;

	private final byte[] silentAfter;

	private final byte[] deadAfter;

	private final boolean enabled;

	private final List<BooleanSupplier> debts = new CopyOnWriteArrayList<>();

	private volatile boolean silence;

	private @Nullable ScheduledExecutorService thread;

	/**
	 * Create the nodes.
	 * @param redis the way to the server
	 * @param keys keys of the application
	 * @param id this node
	 * @param properties when a node is silent, and when it is dead
	 */
	public CacheNodes(RedisExecutor redis, KeySpace keys, NodeId id, CacheNodesProperties properties) {
		this.redis = redis;
		this.key = keys.kind("node").key("caches");
		this.id = bytes(id.value());
		this.enabled = !properties.silentAfter().isZero();
		this.silentAfter = bytes(String.valueOf(properties.silentAfter().toMillis()));
		this.deadAfter = bytes(String.valueOf(properties.deadAfter().toMillis()));
	}

	/**
	 * Count a cache in.
	 * @param owes whether it has lost writes that are not made good
	 */
	public synchronized void join(BooleanSupplier owes) {
		this.debts.add(owes);
		if (this.enabled && this.thread == null) {
			this.thread = Executors.newSingleThreadScheduledExecutor((work) -> {
				Thread made = new Thread(work, "redis-patterns-cache-nodes");
				made.setDaemon(true);
				return made;
			});
			this.thread.scheduleWithFixedDelay(this::beat, 0, BEAT_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	/**
	 * Whether what is in the caches may be used.
	 * @return {@code false} while another node is silent, which may have overwritten it
	 */
	public boolean areHeard() {
		return !this.silence;
	}

	private void beat() {
		try {
			boolean owes = this.debts.stream().anyMatch(BooleanSupplier::getAsBoolean);
			note(send(owes ? "owing" : "here") > 0);
		}
		catch (RuntimeException ex) {
			// Without Redis nothing is known of the others, and nothing can be read
			// either
			logger.trace("A sign of life failed and is repeated", ex);
		}
	}

	private void note(boolean silent) {
		if (silent != this.silence) {
			this.silence = silent;
			logger.info(silent ? "Another node is silent: caches are not trusted until it is back, or taken for dead"
					: "No node is silent any more: caches are trusted again");
		}
	}

	private long send(String sign) {
		return this.redis.await(this.redis.run(NODES, new byte[][] { this.key }, bytes(sign), this.id, this.silentAfter,
				this.deadAfter));
	}

	@Override
	public void start() {
	}

	@Override
	public synchronized void stop() {
		if (this.thread == null) {
			return;
		}
		this.thread.shutdownNow();
		this.thread = null;
		if (this.debts.stream().noneMatch(BooleanSupplier::getAsBoolean)) {
			try {
				send("leave");
			}
			catch (RedisFailureException ex) {
				logger.debug("Other nodes were not told that this one leaves", ex);
			}
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.thread != null;
	}

	@Override
	public int getPhase() {
		return 2;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
