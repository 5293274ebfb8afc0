package io.redispatterns.cache.node;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

import io.redispatterns.redis.LuaScript;
import io.redispatterns.redis.NodeId;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.RedisFailureException.Kind;
import io.redispatterns.redis.Watch;
import io.redispatterns.redis.key.KeySpace;
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

	private static final Duration TICK = Duration.ofMillis(50);

	/**
	 * A sign of life is left at each tick in trouble, else at each of so many.
	 */
	private static final int CALM_TICKS = 5;

	private static final int TELLING_TICKS = 20;

	private final RedisExecutor redis;

	private final byte[] key;

	private final byte[] id;

	private final CacheNodesProperties properties;

	private final List<BooleanSupplier> debts = new CopyOnWriteArrayList<>();

	/**
	 * Whether another node is silent.
	 */
	private volatile boolean silence;

	/**
	 * Whether this node was cut off, and does not know whether others are.
	 */
	private volatile boolean cut;

	private int ticks;

	private int silentTicks;

	private final Watch watch = new Watch("redis-patterns-cache-nodes", this::tick, TICK);

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
		this.properties = properties;
	}

	/**
	 * Count a cache in.
	 * @param owes whether it has lost writes that are not made good
	 */
	public void join(BooleanSupplier owes) {
		this.debts.add(owes);
		if (!this.properties.silentAfter().isZero()) {
			this.watch.begin();
		}
	}

	/**
	 * Whether what is in the caches may be used.
	 * @return {@code false} while another node is silent, which may have overwritten it
	 */
	public boolean areHeard() {
		return !this.silence && !this.cut;
	}

	private void tick() {
		boolean owes = this.debts.stream().anyMatch(BooleanSupplier::getAsBoolean);
		if (this.ticks++ % CALM_TICKS == 0 || owes || !areHeard()) {
			beat(owes ? "owing" : "here");
		}
	}

	private void beat(String sign) {
		try {
			note(send(sign) > 0);
			this.cut = false;
		}
		catch (RedisFailureException ex) {
			logger.trace("A sign of life failed and is repeated", ex);
			boolean away = ex.kind() == Kind.AWAY || ex.kind() == Kind.TIMEOUT;
			// In a cluster, what is read may be on a server that answers
			this.cut = away && this.redis.isSingleServer();
		}
	}

	private void note(boolean silent) {
		this.silence = silent;
		this.silentTicks = silent ? this.silentTicks + 1 : 0;
		if (this.silentTicks == TELLING_TICKS) {
			logger.info("Another node is silent: caches are not trusted until it is back, or taken for dead");
		}
	}

	private long send(String sign) {
		return this.redis.await(this.redis.run(NODES, new byte[][] { this.key }, bytes(sign), this.id,
				bytes(this.properties.silentAfter().toMillis()), bytes(this.properties.deadAfter().toMillis()),
				bytes(this.redis.deadline(this.key))));
	}

	@Override
	public void start() {
	}

	@Override
	public void stop() {
		if (isRunning()) {
			this.watch.end();
			if (this.debts.stream().noneMatch(BooleanSupplier::getAsBoolean)) {
				beat("leave");
			}
		}
	}

	@Override
	public boolean isRunning() {
		return this.watch.isRunning();
	}

	@Override
	public int getPhase() {
		return 2;
	}

	private static byte[] bytes(long number) {
		return bytes(String.valueOf(number));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
