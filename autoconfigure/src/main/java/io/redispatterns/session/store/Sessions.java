package io.redispatterns.session.store;

import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
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
				count(change);
				return change.use();
			}
			this.statistics.count(SessionEvent.DROPPED);
			session.end();
			return false;
		}));
	}

	private CompletableFuture<Long> write(StoredSession session, SessionChange change) {
		String old = change.storedId();
		if (old == null) {
			return begin(change, change.appliedTo(Map.of()));
		}
		if (change.moves()) {
			return this.commands.take(SessionIds.handle(old), false)
				.thenCompose((packed) -> move(session, change, packed));
		}
		CompletableFuture<Long> written = this.commands.write(change.handle(),
				change.use() ? SessionCommands.USED : SessionCommands.OLD, change.set(), change.remove());
		if (change.login()) {
			return written.thenCombine(enter(change), (ends, entered) -> ends);
		}
		// Not waited for: the next use makes good what is lost
		return written.whenComplete((ends, ex) -> {
			if (ends != null && ends > 0 && change.use()) {
				enter(change);
			}
		});
	}

	/**
	 * Store under a new identifier what was stored under the old one. Of two requests
	 * that do so at once one finds nothing: it keeps what it has set, and what it has
	 * read if that was nobody's.
	 */
	private CompletableFuture<Long> move(StoredSession session, SessionChange change, byte @Nullable [] packed) {
		SessionRecord stored = (packed != null) ? SessionRecord.parse(packed) : null;
		if (stored != null) {
			return begin(change, change.appliedTo(stored.fields()));
		}
		return change.login() ? begin(change, change.appliedTo(session.anonymousFields()))
				: CompletableFuture.completedFuture(0L);
	}

	private CompletableFuture<Long> begin(SessionChange change, Map<String, byte[]> fields) {
		CompletableFuture<Long> written = this.commands.write(change.handle(), SessionCommands.NEW, fields, Set.of());
		return written.thenCombine(enter(change), (ends, entered) -> ends);
	}

	private CompletableFuture<?> enter(SessionChange change) {
		if (!this.settings.indexed()) {
			return CompletableFuture.completedFuture(null);
		}
		String before = change.userBefore();
		String old = (change.storedId() != null) ? SessionIds.handle(change.storedId()) : "";
		if (before != null && !before.equals(change.user())) {
			this.commands.strike(before, Set.of(old));
		}
		return (change.user() == null) ? CompletableFuture.completedFuture(null)
				: this.commands.enter(change, this.settings.lateness(), change.moves() ? Set.of(old) : Set.of());
	}

	private void count(SessionChange change) {
		if (change.isNew()) {
			this.statistics.count(SessionEvent.CREATED);
		}
		else if (change.moves()) {
			this.statistics.count(SessionEvent.CHANGED_ID);
		}
		else {
			boolean touch = change.set().isEmpty() && change.remove().isEmpty();
			this.statistics.count(touch ? SessionEvent.TOUCHED : SessionEvent.WRITTEN);
		}
	}

	/**
	 * End a session.
	 * @param id its identifier
	 * @return completed when there is no such session any more
	 */
	public CompletableFuture<?> end(String id) {
		String handle = SessionIds.handle(id);
		return counted(this.commands.take(handle, true).thenAccept((packed) -> {
			SessionRecord ended = (packed != null) ? SessionRecord.parse(packed) : null;
			if (ended != null) {
				this.statistics.count(SessionEvent.ENDED);
				if (ended.user() != null && this.settings.indexed()) {
					this.commands.strike(Objects.requireNonNull(ended.user()), Set.of(handle));
				}
			}
		}));
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
