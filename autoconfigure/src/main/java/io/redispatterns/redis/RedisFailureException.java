package io.redispatterns.redis;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A command without a usable reply. Carries no stack trace, no key, no value and no
 * secret, neither itself nor in its causes: it is a state of the server, raised as often
 * as callers ask.
 */
public final class RedisFailureException extends RuntimeException {

	private final Kind kind;

	private final boolean denied;

	/**
	 * Create the exception.
	 * @param kind what happened
	 * @param message what was attempted and what happened, free of keys and values
	 * @param cause the client's exception, if there was one
	 */
	public RedisFailureException(Kind kind, String message, @Nullable Throwable cause) {
		this(kind, message, cause, false);
	}

	RedisFailureException(Kind kind, String message, @Nullable Throwable cause, boolean denied) {
		super(message, cause, false, false);
		this.kind = kind;
		this.denied = denied;
	}

	/**
	 * What happened.
	 * @return the kind of failure
	 */
	public Kind kind() {
		return this.kind;
	}

	/**
	 * Whether the server or this application does not accept who the other is, by its
	 * certificate or password: that lasts until somebody changes one.
	 * @return {@code true} when waiting does not help
	 */
	public boolean isDenied() {
		return this.denied;
	}

	/**
	 * What can happen to a command.
	 */
	public enum Kind {

		/**
		 * The server is not there, or serves nobody now; the command did not run.
		 */
		AWAY,

		/**
		 * No reply came, in time or at all; the command may have run, or may still run.
		 */
		TIMEOUT,

		/**
		 * The server stores nothing more, for want of memory or of a disk; the command
		 * did not run.
		 */
		FULL,

		/**
		 * The server is a replica now; the command did not run.
		 */
		READONLY,

		/**
		 * The server answered with another error; the command did not run.
		 */
		REFUSED,

		/**
		 * What the server holds is not to be used until a write that was lost is made
		 * good; the command was not sent.
		 */
		UNTRUSTED;

		/**
		 * The value of a meter's tag.
		 * @return the name in lower case
		 */
		public String tag() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
