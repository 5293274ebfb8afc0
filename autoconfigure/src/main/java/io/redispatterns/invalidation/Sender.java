package io.redispatterns.invalidation;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

import io.redispatterns.redis.LuaScript;
import io.redispatterns.redis.NodeId;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.key.KeySpace;
import io.redispatterns.redis.key.Keys;

/**
 * Sends messages that no other script sends, and knows the channels.
 */
final class Sender {

	private static final LuaScript<Long> PUBLISH = LuaScript.returningNumber(Sender.class, "publish.lua");

	private final RedisExecutor redis;

	private final Keys keys;

	private final long self;

	private final byte[] channel;

	private final byte[] own;

	/**
	 * Create the sender of a node.
	 * @param redis the way to the server
	 * @param keys keys of the application
	 * @param id this node
	 */
	Sender(RedisExecutor redis, KeySpace keys, NodeId id) {
		this.redis = redis;
		this.keys = keys.kind("inv");
		this.self = Long.parseUnsignedLong(id.value(), 16);
		this.channel = (this.keys.prefix() + "writes").getBytes(StandardCharsets.UTF_8);
		this.own = (this.keys.prefix() + "node:" + id.value()).getBytes(StandardCharsets.UTF_8);
	}

	long self() {
		return this.self;
	}

	/**
	 * The channel of all nodes.
	 */
	byte[] channel() {
		return this.channel;
	}

	/**
	 * The channel of this node's messages to itself.
	 */
	byte[] own() {
		return this.own;
	}

	/**
	 * Send messages.
	 * @param tag hash tag of the server by way of which they go
	 * @param messages channel and message, any number of times
	 * @return ended in time
	 */
	CompletableFuture<Long> send(String tag, byte[]... messages) {
		return this.redis.bounded(this.redis.run(PUBLISH, new byte[][] { this.keys.key(tag) }, messages));
	}

}
