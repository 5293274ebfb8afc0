package io.redispatterns.session.store;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.redispatterns.session.store.SessionChange.Fields;
import org.jspecify.annotations.Nullable;

import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.PrincipalNameIndexResolver;
import org.springframework.session.Session;

/**
 * A session as one request has it: what was read, and what the request has changed since.
 * Attributes become objects when they are asked for; an object that is changed in place
 * is stored when it is set again.
 * <p>
 * Safe for use by the threads of one request.
 */
public final class StoredSession implements Session {

	private static final PrincipalNameIndexResolver<Session> USER = new PrincipalNameIndexResolver<>();

	private static final Set<String> TELL_USER = Set.of(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME,
			"SPRING_SECURITY_CONTEXT");

	private final SessionIds ids;

	private final SessionAttributes attributes;

	private String id;

	private @Nullable String storedId;

	private SessionLife life;

	private long touched;

	private @Nullable String user;

	private @Nullable String device;

	private Instant accessed;

	private boolean lifeChanged;

	private boolean used;

	private boolean over;

	private StoredSession(SessionIds ids, String id, SessionAttributes attributes, SessionLife life, long touched) {
		this.ids = ids;
		this.id = id;
		this.attributes = attributes;
		this.life = life;
		this.touched = touched;
		this.accessed = Instant.ofEpochMilli(touched);
	}

	static StoredSession begin(SessionIds ids, SessionAttributes attributes, SessionLife life) {
		return new StoredSession(ids, ids.generate(), attributes, life, life.created());
	}

	static StoredSession of(SessionIds ids, String id, SessionAttributes attributes, SessionRecord session) {
		StoredSession stored = new StoredSession(ids, id, attributes, session.life(), session.touched());
		stored.storedId = id;
		stored.user = session.user();
		return stored;
	}

	/**
	 * Tell how long the session lives that has just begun.
	 */
	synchronized StoredSession begins(TimeOuts timeOuts) {
		this.life = this.life.renewed(this.life.created(), timeOuts);
		return this;
	}

	@Override
	public synchronized String getId() {
		return this.id;
	}

	@Override
	public synchronized String changeSessionId() {
		this.id = this.ids.generate();
		return this.id;
	}

	/**
	 * By what others than the client know this session.
	 * @return the handle, from which the identifier cannot be told
	 */
	public String handle() {
		return SessionIds.handle(getId());
	}

	/**
	 * Tell with what the client uses the session, which is stored at the begin of the
	 * session and at a login.
	 * @param device a short description
	 */
	public synchronized void usedWith(String device) {
		this.device = device;
	}

	@Override
	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	public synchronized <T> @Nullable T getAttribute(String name) {
		return (T) this.attributes.get(name);
	}

	@Override
	public synchronized Set<String> getAttributeNames() {
		return this.attributes.names();
	}

	@Override
	public synchronized void setAttribute(String name, @Nullable Object value) {
		this.attributes.set(name, value);
	}

	@Override
	public void removeAttribute(String name) {
		setAttribute(name, null);
	}

	@Override
	public synchronized Instant getCreationTime() {
		return Instant.ofEpochMilli(this.life.created());
	}

	@Override
	public synchronized void setLastAccessedTime(Instant lastAccessedTime) {
		this.accessed = lastAccessedTime;
		this.used = true;
	}

	@Override
	public synchronized Instant getLastAccessedTime() {
		return this.accessed;
	}

	@Override
	public synchronized void setMaxInactiveInterval(Duration interval) {
		this.life = this.life.withIdle(interval);
		this.lifeChanged = true;
	}

	@Override
	public synchronized Duration getMaxInactiveInterval() {
		return Duration.ofMillis(this.life.idle());
	}

	/**
	 * Whether it is known that the session has ended. Redis knows of no session that has,
	 * so one that was found had not.
	 */
	@Override
	public synchronized boolean isExpired() {
		return this.over;
	}

	/**
	 * Tell what is to be written.
	 * @param now milliseconds since the epoch on the server's clock
	 * @param settings of all sessions
	 */
	synchronized SessionChange change(long now, SessionSettings settings) {
		Fields fields = new Fields();
		this.attributes.encodeChanged().forEach((name, bytes) -> fields.put(SessionRecord.attribute(name), bytes));
		boolean tells = this.attributes.changed().stream().anyMatch(TELL_USER::contains);
		String resolved = tells ? resolveUser() : this.user;
		boolean userChanged = !Objects.equals(resolved, this.user);
		boolean login = tells && resolved != null && (userChanged || !this.id.equals(this.storedId));
		SessionLife written = this.life;
		if ((login || this.storedId == null) && !this.lifeChanged) {
			written = this.life.renewed(now, settings.timeOuts().apply(this));
		}
		if (this.lifeChanged || login) {
			fields.put(SessionRecord.LIFE, written.toString());
		}
		if (userChanged) {
			fields.put(SessionRecord.USER, resolved);
		}
		if (this.device != null && (login || this.storedId == null)) {
			fields.put(SessionRecord.DEVICE, this.device);
		}
		long interval = Math.min(settings.touchInterval().toMillis(), written.idle() / 2);
		boolean use = this.used && now - this.touched >= interval;
		return new SessionChange(this.storedId, this.id, written, this.user, resolved, login, use, fields.set,
				fields.remove);
	}

	private @Nullable String resolveUser() {
		Map<String, String> indexes = USER.resolveIndexesFor(this);
		return indexes.get(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME);
	}

	/**
	 * The fields of the attributes that were read, none if the session was that of a
	 * user.
	 */
	synchronized Map<String, byte[]> anonymousFields() {
		Map<String, byte[]> fields = new HashMap<>();
		if (this.user == null) {
			this.attributes.stored().forEach((name, bytes) -> fields.put(SessionRecord.attribute(name), bytes));
		}
		return fields;
	}

	synchronized void written(SessionChange change, long now) {
		this.storedId = change.id();
		this.user = change.user();
		this.life = change.life();
		this.lifeChanged = false;
		this.attributes.written();
		if (change.use() || change.isNew()) {
			this.touched = now;
		}
	}

	/**
	 * By what Redis knows this session, {@code null} while it does not.
	 */
	synchronized @Nullable String storedHandle() {
		return (this.storedId != null) ? SessionIds.handle(this.storedId) : null;
	}

	synchronized @Nullable String storedUser() {
		return this.user;
	}

	synchronized void end() {
		this.over = true;
	}

}
