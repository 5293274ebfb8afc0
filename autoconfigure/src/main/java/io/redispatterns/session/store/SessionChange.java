package io.redispatterns.session.store;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What a request has changed of a session, ready to be written.
 *
 * @param storedId under which identifier the session is stored, {@code null} for a new
 * one
 * @param id under which it is to be stored
 * @param life its times
 * @param userBefore whose it was
 * @param user whose it is now
 * @param login whether the user has just been told
 * @param use whether it is due to be told that the session was used
 * @param set fields to set
 * @param remove fields to remove
 */
record SessionChange(@Nullable String storedId, String id, SessionLife life, @Nullable String userBefore,
		@Nullable String user, boolean login, boolean use, Map<String, byte[]> set, Set<String> remove) {

	boolean isNew() {
		return this.storedId == null;
	}

	boolean movesTo(String otherId) {
		return this.storedId != null && !this.storedId.equals(otherId);
	}

	boolean moves() {
		return movesTo(this.id);
	}

	boolean isNothing() {
		return !isNew() && !moves() && !this.use && this.set.isEmpty() && this.remove.isEmpty();
	}

	String handle() {
		return SessionIds.handle(this.id);
	}

	/**
	 * What the session was known by until now, empty for a new one.
	 */
	String handleBefore() {
		return (this.storedId != null) ? SessionIds.handle(this.storedId) : "";
	}

	/**
	 * The same for a session that begins with all of its fields.
	 */
	SessionChange beginning(Map<String, byte[]> fields) {
		return new SessionChange(this.storedId, this.id, this.life, this.userBefore, this.user, this.login, this.use,
				appliedTo(fields), Set.of());
	}

	/**
	 * All fields of a session that was stored with some and changed by this.
	 */
	private Map<String, byte[]> appliedTo(Map<String, byte[]> fields) {
		Map<String, byte[]> result = new LinkedHashMap<>(fields);
		result.keySet().removeAll(this.remove);
		result.putAll(this.set);
		result.put(SessionRecord.LIFE, SessionRecord.bytes(this.life.toString()));
		if (this.user != null) {
			result.put(SessionRecord.USER, SessionRecord.bytes(this.user));
		}
		return result;
	}

	/**
	 * Collects fields.
	 */
	static final class Fields {

		final Map<String, byte[]> set = new LinkedHashMap<>();

		final Set<String> remove = new LinkedHashSet<>();

		void put(String name, byte @Nullable [] value) {
			if (value != null) {
				this.set.put(name, value);
			}
			else {
				this.remove.add(name);
			}
		}

		void put(String name, @Nullable String value) {
			put(name, (value != null) ? SessionRecord.bytes(value) : null);
		}

	}

}
