package io.redispatterns.session.store;

import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.session.value.AttributeCodec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins, finds, writes and ends sessions, without waiting. What is returned fails with a
 * {@link RedisFailureException} when Redis does not carry it out.
 */
public final class Sessions {

	private static final long NOT_ENTERED = -1;

	private static final Logger logger = LoggerFactory.getLogger(Sessions.class);

	private final SessionCommands commands;

	private final AttributeCodec codec;

	private final SessionIds ids;

	private final SessionSettings settings;

	private final InstantSource clock;

	private final SessionStatistics statistics = new SessionStatistics();

	/**
	 * Create the sessions of an application.
	 * @param commands the scripts
	 * @param codec what attributes are in bytes
	 * @param ids makes identifiers
	 * @param settings of all sessions
	 * @param clock the time where that of the server is not known
	 */
	public Sessions(SessionCommands commands, AttributeCodec codec, SessionIds ids, SessionSettings settings,
			InstantSource clock) {
		this.commands = commands;
		this.codec = codec;
		this.ids = ids;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * What has happened to sessions on this node.
	 * @return the counts
	 */
	public SessionStatistics statistics() {
		return this.statistics;
	}

	/**
	 * Begin a session, which is stored when it is saved.
	 * @return the session
	 */
	public StoredSession begin() {
		StoredSession session = StoredSession.begin(this.ids,
				new SessionAttributes(this.codec, this.statistics, Map.of()), new SessionLife(now(""), 0, 0));
		return session.begins(this.settings.timeOuts().apply(session));
	}

	/**
	 * Find a session.
	 * @param id its identifier
	 * @return the session, {@code null} when there is none
	 */
	public CompletableFuture<@Nullable StoredSession> find(String id) {
		return counted(this.commands.read(SessionIds.handle(id)).thenApply((packed) -> read(id, packed)));
	}

	private @Nullable StoredSession read(String id, byte @Nullable [] packed) {
		SessionRecord session = (packed != null) ? SessionRecord.parse(packed) : null;
		if (session != null) {
			this.statistics.count(SessionEvent.FOUND);
			return StoredSession.of(this.ids, id,
					new SessionAttributes(this.codec, this.statistics, session.attributes()), session);
		}
		SessionEvent event = (packed != null) ? SessionEvent.UNREADABLE : SessionEvent.ABSENT;
		if (this.statistics.count(event) && packed != null) {
			logger
				.warn("A session cannot be read and is taken for absent, as are others that only meters will tell of");
		}
		return null;
	}

	/**
	 * Write what has changed of a session.
	 * @param session the session
	 * @return whether its use was written, by which its life is prolonged; a session that
	 * has ended meanwhile is not written, and {@linkplain StoredSession#isExpired()
	 * knows} that then
	 */
	public CompletableFuture<Boolean> save(StoredSession session) {
		if (session.isExpired()) {
			return CompletableFuture.completedFuture(false);
		}
		long now = now(session.handle());
		SessionChange change = session.change(now, this.settings);
		if (change.isNothing()) {
			return CompletableFuture.completedFuture(false);
		}
		return counted(write(session, change).thenApply((ends) -> {
			if (ends > 0) {
				session.written(change, now);
				this.statistics.count(change);
				strike(change.userBefore(), change.user(), change.handleBefore());
				return change.use();
			}
			this.statistics.count(SessionEvent.DROPPED);
			session.end();
			return false;
		}));
	}

	/**
	 * Write a session and enter it among those of its user.
	 */
	private CompletableFuture<Long> write(StoredSession session, SessionChange change) {
		if (change.isNew()) {
			return write(change.beginning(Map.of()), SessionCommands.NEW);
		}
		if (!change.moves()) {
			return write(change, change.use() ? SessionCommands.USED : SessionCommands.OLD);
		}
		if (!this.commands.keysGoTogether()) {
			return this.commands.take(change.handleBefore()).thenCompose((packed) -> begin(session, change, packed));
		}
		CompletableFuture<Long> moved = this.commands.write(change, SessionCommands.MOVED, lateness(change));
		return this.commands.together(healed(moved), () -> write(session, change))
			.thenCompose(
					(ends) -> (ends == 0) ? begin(session, change, null) : CompletableFuture.completedFuture(ends));
	}

	/**
	 * Store under a new identifier what was stored under the old one. Of two requests
	 * that do so at once one finds nothing: it keeps what it has set, and what it has
	 * read if that was nobody's.
	 */
	private CompletableFuture<Long> begin(StoredSession session, SessionChange change, byte @Nullable [] packed) {
		SessionRecord stored = (packed != null) ? SessionRecord.parse(packed) : null;
		if (stored == null && !change.login()) {
			return CompletableFuture.completedFuture(0L);
		}
		Map<String, byte[]> fields = (stored != null) ? stored.fields() : session.anonymousFields();
		return write(change.beginning(fields), SessionCommands.NEW);
	}

	private CompletableFuture<Long> write(SessionChange change, String how) {
		long lateness = lateness(change);
		if (lateness < 0) {
			return this.commands.write(change, how, lateness);
		}
		if (this.commands.keysGoTogether()) {
			return this.commands.together(healed(this.commands.write(change, how, lateness)), () -> write(change, how));
		}
		CompletableFuture<Long> written = this.commands.write(change, how, NOT_ENTERED);
		if (change.login() || how.equals(SessionCommands.NEW)) {
			return written.thenCombine(healed(this.commands.enter(change, lateness)), (ends, entered) -> ends);
		}
		// Not waited for: the next use makes good what is lost
		return written.whenComplete((ends, ex) -> {
			if (ends != null && ends > 0) {
				healed(this.commands.enter(change, lateness));
			}
		});
	}

	private long lateness(SessionChange change) {
		boolean entered = change.login() || change.use() || change.isNew() || change.moves();
		return (this.settings.indexed() && change.user() != null && entered) ? this.settings.lateness() : NOT_ENTERED;
	}

	private CompletableFuture<Long> healed(CompletableFuture<Long> reply) {
		return reply.thenApply(this.statistics::healed);
	}

	/**
	 * Remove a session from those of a user that is not its user any more.
	 */
	private void strike(@Nullable String before, @Nullable String user, String handle) {
		if (this.settings.indexed() && before != null && !before.equals(user)) {
			healed(this.commands.strike(before, Set.of(handle)));
		}
	}

	/**
	 * End a session.
	 * @param id its identifier
	 * @return completed when there is no such session any more
	 */
	public CompletableFuture<@Nullable Void> end(String id) {
		return end(SessionIds.handle(id), null);
	}

	/**
	 * End a session that was found or begun, for which it need not be asked whose it is.
	 * @param session the session
	 * @return completed when there is no such session any more
	 */
	public CompletableFuture<@Nullable Void> end(StoredSession session) {
		String handle = session.storedHandle();
		return (handle != null) ? end(handle, this.settings.indexed() ? session.storedUser() : null)
				: CompletableFuture.completedFuture(null);
	}

	private CompletableFuture<@Nullable Void> end(String handle, @Nullable String user) {
		if (user == null || !this.commands.keysGoTogether()) {
			return counted(this.commands.end(handle, null)).thenAccept((whose) -> ended(handle, whose, null));
		}
		return counted(this.commands.together(this.commands.end(handle, user), () -> this.commands.end(handle, null)))
			.thenAccept((whose) -> ended(handle, whose, this.commands.keysGoTogether() ? user : null));
	}

	private void ended(String handle, @Nullable String whose, @Nullable String struck) {
		if (whose != null) {
			this.statistics.count(SessionEvent.ENDED);
			strike(whose.isEmpty() ? null : whose, struck, handle);
		}
	}

	private <T extends @Nullable Object> CompletableFuture<T> counted(CompletableFuture<T> reply) {
		return reply.whenComplete((result, ex) -> {
			if (ex != null) {
				this.statistics.count(SessionEvent.FAILED);
			}
		});
	}

	private long now(String handle) {
		long known = this.commands.now(handle);
		return (known != 0) ? known : this.clock.millis();
	}

}
