package io.redispatterns.session.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.redispatterns.redis.Failures;
import io.redispatterns.redis.LuaScript;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.key.KeySpace;
import io.redispatterns.redis.key.Keys;
import org.jspecify.annotations.Nullable;

/**
 * The scripts of sessions and of their index. Where all keys are on one server, a session
 * is written with its entry in the index at once; else each script is a command on one
 * key.
 */
public final class SessionCommands {

	static final String NEW = "new";

	static final String USED = "use";

	static final String OLD = "old";

	static final String MOVED = "move";

	private static final String NONE = "0";

	private static final LuaScript<byte[]> READ = LuaScript.returningBytes(SessionCommands.class, "read.lua");

	private static final LuaScript<byte[]> TAKE = LuaScript.returningBytes(SessionCommands.class, "take.lua");

	private static final LuaScript<Long> WRITE = LuaScript.returningNumber(SessionCommands.class, "members.lua",
			"write.lua");

	private static final LuaScript<byte[]> END = LuaScript.returningBytes(SessionCommands.class, "end.lua");

	private static final LuaScript<Long> REVOKE = LuaScript.returningNumber(SessionCommands.class, "revoke.lua");

	private static final LuaScript<byte[]> DESCRIBE = LuaScript.returningBytes(SessionCommands.class, "describe.lua");

	private static final LuaScript<Long> INDEX = LuaScript.returningNumber(SessionCommands.class, "members.lua",
			"index.lua");

	private static final LuaScript<byte[]> LIST = LuaScript.returningBytes(SessionCommands.class, "members.lua",
			"list.lua");

	private final RedisExecutor redis;

	private final Keys sessions;

	private final Keys users;

	private volatile boolean together;

	/**
	 * Create the commands.
	 * @param redis the way to the server
	 * @param keySpace the keys of the application
	 */
	public SessionCommands(RedisExecutor redis, KeySpace keySpace) {
		this.redis = redis;
		this.sessions = keySpace.kind("session");
		this.users = keySpace.kind("session", "user");
		this.together = redis.isSingleServer();
	}

	/**
	 * Whether a script may name the keys of a session and of its user.
	 * @return {@code false} for a cluster
	 */
	boolean keysGoTogether() {
		return this.together;
	}

	/**
	 * Send a command whose keys go together, and another way where they do not: behind a
	 * proxy a cluster may look like one server.
	 */
	<T extends @Nullable Object> CompletableFuture<T> together(CompletableFuture<T> sent,
			Supplier<CompletableFuture<T>> apart) {
		return sent.exceptionallyCompose((ex) -> {
			boolean refused = Failures.areSlotsApart(ex);
			if (refused) {
				this.together = false;
			}
			return refused ? apart.get() : CompletableFuture.failedFuture(ex);
		});
	}

	CompletableFuture<byte @Nullable []> read(String handle) {
		return run(READ, keys(this.sessions.key(handle)));
	}

	/**
	 * Remove a session that is to be stored under another name, and tell what it was.
	 */
	CompletableFuture<byte @Nullable []> take(String handle) {
		byte[] key = this.sessions.key(handle);
		return run(TAKE, keys(key), deadline(key));
	}

	/**
	 * Write a session.
	 * @param how what is known of it
	 * @param lateness how much later it is forgotten among those of its user, in
	 * milliseconds, negative if it is not to be entered with this command
	 */
	CompletableFuture<Long> write(SessionChange change, String how, long lateness) {
		byte[] key = this.sessions.key(change.handle());
		List<byte[]> keys = new ArrayList<>(List.of(key));
		List<byte[]> arguments = new ArrayList<>();
		arguments.add(deadline(key));
		arguments.add(text(how));
		arguments.add(text(String.valueOf(2 * change.set().size())));
		if (how.equals(MOVED)) {
			keys.add(this.sessions.key(change.handleBefore()));
		}
		if (lateness >= 0) {
			keys.add(this.users.key(String.valueOf(change.user())));
			Stream.of(change.handle(), change.handleBefore(), String.valueOf(lateness))
				.map(SessionCommands::text)
				.forEach(arguments::add);
		}
		change.set().forEach((name, value) -> {
			arguments.add(text(name));
			arguments.add(value);
		});
		change.remove().forEach((name) -> arguments.add(text(name)));
		return run(WRITE, keys.toArray(byte[][]::new), arguments.toArray(byte[][]::new));
	}

	/**
	 * Remove a session, however late the command arrives.
	 * @param user whose sessions are to be told with this command, {@code null} for
	 * nobody's
	 * @return whose it was, empty for nobody's, {@code null} when there was none
	 */
	CompletableFuture<@Nullable String> end(String handle, @Nullable String user) {
		byte[] key = this.sessions.key(handle);
		CompletableFuture<byte @Nullable []> ended = (user != null)
				? run(END, keys(key, this.users.key(user)), text(handle)) : run(END, keys(key));
		return ended.thenApply(SessionCommands::string);
	}

	CompletableFuture<Boolean> remove(String handle, String user) {
		return run(REVOKE, keys(this.sessions.key(handle)), text(user)).thenApply((removed) -> removed == 1);
	}

	CompletableFuture<@Nullable String> describe(String handle, String user) {
		return run(DESCRIBE, keys(this.sessions.key(handle)), text(user)).thenApply(SessionCommands::string);
	}

	/**
	 * Enter a session among those of its user, without the name that it had before.
	 */
	CompletableFuture<Long> enter(SessionChange change, long lateness) {
		SessionLife life = change.life();
		return index(
				String.valueOf(change.user()), Stream.of(change.handle(), String.valueOf(life.idle()),
						String.valueOf(life.end()), String.valueOf(lateness)),
				change.moves() ? List.of(change.handleBefore()) : List.of());
	}

	/**
	 * Remove sessions from those of a user.
	 */
	CompletableFuture<Long> strike(String user, Collection<String> handles) {
		return index(user, Stream.of("", NONE, NONE, NONE), handles);
	}

	private CompletableFuture<Long> index(String user, Stream<String> entry, Collection<String> others) {
		byte[][] arguments = Stream.concat(entry, others.stream()).map(SessionCommands::text).toArray(byte[][]::new);
		return run(INDEX, keys(this.users.key(user)), arguments);
	}

	/**
	 * The sessions of a user, {@code null} when the key held something else, and is gone.
	 */
	CompletableFuture<@Nullable List<String>> list(String user) {
		return run(LIST, keys(this.users.key(user)))
			.thenApply((lines) -> (lines != null) ? new String(lines, StandardCharsets.UTF_8).lines().toList() : null);
	}

	/**
	 * The time of the server of a session, 0 when it is not known.
	 */
	long now(String handle) {
		return this.redis.now(this.sessions.key(handle)) / 1000;
	}

	private <T> CompletableFuture<T> run(LuaScript<T> script, byte[][] keys, byte[]... arguments) {
		return this.redis.bounded(this.redis.run(script, keys, arguments));
	}

	private static byte[][] keys(byte[]... keys) {
		return keys;
	}

	private byte[] deadline(byte[] key) {
		return text(String.valueOf(this.redis.deadline(key)));
	}

	private static @Nullable String string(byte @Nullable [] bytes) {
		return (bytes != null) ? new String(bytes, StandardCharsets.UTF_8) : null;
	}

	private static byte[] text(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
