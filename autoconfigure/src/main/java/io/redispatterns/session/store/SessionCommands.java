package io.redispatterns.session.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.redispatterns.redis.LuaScript;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.key.KeySpace;
import io.redispatterns.redis.key.Keys;
import org.jspecify.annotations.Nullable;

/**
 * The scripts of sessions and of their index, each a command on one key.
 */
public final class SessionCommands {

	static final String NEW = "new";

	static final String USED = "use";

	static final String OLD = "old";

	private static final String NONE = "0";

	private static final LuaScript<byte[]> READ = LuaScript.returningBytes(SessionCommands.class, "read.lua");

	private static final LuaScript<byte[]> TAKE = LuaScript.returningBytes(SessionCommands.class, "take.lua");

	private static final LuaScript<Long> WRITE = LuaScript.returningNumber(SessionCommands.class, "write.lua");

	private static final LuaScript<Long> REVOKE = LuaScript.returningNumber(SessionCommands.class, "revoke.lua");

	private static final LuaScript<byte[]> DESCRIBE = LuaScript.returningBytes(SessionCommands.class, "describe.lua");

	private static final LuaScript<Long> INDEX = LuaScript.returningNumber(SessionCommands.class, "index.lua");

	private static final LuaScript<byte[]> LIST = LuaScript.returningBytes(SessionCommands.class, "list.lua");

	private final RedisExecutor redis;

	private final Keys sessions;

	private final Keys users;

	/**
	 * Create the commands.
	 * @param redis the way to the server
	 * @param keySpace the keys of the application
	 */
	public SessionCommands(RedisExecutor redis, KeySpace keySpace) {
		this.redis = redis;
		this.sessions = keySpace.kind("session");
		this.users = keySpace.kind("session", "user");
	}

	CompletableFuture<byte @Nullable []> read(String handle) {
		return run(READ, this.sessions.key(handle));
	}

	/**
	 * Remove a session and tell what it was.
	 * @param late whether to do so however late the command arrives
	 */
	CompletableFuture<byte @Nullable []> take(String handle, boolean late) {
		byte[] key = this.sessions.key(handle);
		return run(TAKE, key, late ? text(NONE) : deadline(key));
	}

	CompletableFuture<Long> write(String handle, String how, Map<String, byte[]> set, Set<String> remove) {
		byte[] key = this.sessions.key(handle);
		List<byte[]> arguments = new ArrayList<>();
		arguments.add(deadline(key));
		arguments.add(text(how));
		arguments.add(text(String.valueOf(2 * set.size())));
		set.forEach((name, value) -> {
			arguments.add(text(name));
			arguments.add(value);
		});
		remove.forEach((name) -> arguments.add(text(name)));
		return run(WRITE, key, arguments.toArray(byte[][]::new));
	}

	CompletableFuture<Boolean> remove(String handle, String user) {
		return run(REVOKE, this.sessions.key(handle), text(user)).thenApply((removed) -> removed == 1);
	}

	CompletableFuture<@Nullable String> describe(String handle, String user) {
		return run(DESCRIBE, this.sessions.key(handle), text(user))
			.thenApply((lines) -> (lines != null) ? new String(lines, StandardCharsets.UTF_8) : null);
	}

	/**
	 * Enter a session among those of its user, and remove others.
	 */
	CompletableFuture<Long> enter(SessionChange change, long lateness, Collection<String> others) {
		SessionLife life = change.life();
		return index(String.valueOf(change.user()), Stream.of(change.handle(), String.valueOf(life.idle()),
				String.valueOf(life.end()), String.valueOf(lateness)), others);
	}

	/**
	 * Remove sessions from those of a user.
	 */
	CompletableFuture<Long> strike(String user, Collection<String> handles) {
		return index(user, Stream.of("", NONE, NONE, NONE), handles);
	}

	private CompletableFuture<Long> index(String user, Stream<String> entry, Collection<String> others) {
		byte[][] arguments = Stream.concat(entry, others.stream()).map(SessionCommands::text).toArray(byte[][]::new);
		return run(INDEX, this.users.key(user), arguments);
	}

	CompletableFuture<List<String>> list(String user) {
		return run(LIST, this.users.key(user))
			.thenApply((lines) -> new String(lines, StandardCharsets.UTF_8).lines().toList());
	}

	/**
	 * The time of the server of a session, 0 when it is not known.
	 */
	long now(String handle) {
		return this.redis.now(this.sessions.key(handle)) / 1000;
	}

	private <T> CompletableFuture<T> run(LuaScript<T> script, byte[] key, byte[]... arguments) {
		return this.redis.bounded(this.redis.run(script, new byte[][] { key }, arguments));
	}

	private byte[] deadline(byte[] key) {
		return text(String.valueOf(this.redis.deadline(key)));
	}

	private static byte[] text(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
