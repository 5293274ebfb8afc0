package io.redispatterns.session.store;

import java.util.Locale;

/**
 * What can happen to a session on this node.
 */
public enum SessionEvent {

	/**
	 * A read that found the session.
	 */
	FOUND,

	/**
	 * A read that found none.
	 */
	ABSENT,

	/**
	 * A read of what is no session.
	 */
	UNREADABLE,

	/**
	 * A session that was stored for the first time.
	 */
	CREATED,

	/**
	 * A session that has got a new identifier.
	 */
	CHANGED_ID,

	/**
	 * A write of what a request has changed.
	 */
	WRITTEN,

	/**
	 * A write of nothing but that the session lives on.
	 */
	TOUCHED,

	/**
	 * A write that came after the end of the session, and was dropped.
	 */
	DROPPED,

	/**
	 * An attribute that could not be read, and was taken for absent.
	 */
	UNREADABLE_ATTRIBUTE,

	/**
	 * The sessions of a user where the key held something else, which were begun anew.
	 */
	UNREADABLE_INDEX,

	/**
	 * A session that the application has ended, as a logout does.
	 */
	ENDED,

	/**
	 * A session that was ended by its user or an administrator.
	 */
	REVOKED,

	/**
	 * A command that Redis did not carry out.
	 */
	FAILED;

	/**
	 * The value of a meter's tag.
	 * @return the name in lower case
	 */
	public String tag() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
