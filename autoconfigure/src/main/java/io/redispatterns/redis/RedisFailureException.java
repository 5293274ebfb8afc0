package io.redispatterns.redis;

import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;

/**
 * A command without a usable reply. Carries no stack trace, no key, no value and no
 * secret, neither itself nor in its causes: it is a state of the server, raised as often
 * as callers ask.
 */
public final class RedisFailureException extends RuntimeException {

	private static final Pattern CODE = Pattern.compile("[A-Z]{2,20}(?= |$)");

	private final Kind kind;

	/**
	 * Create the exception.
	 * @param kind what happened
	 * @param message what was attempted and what happened, free of keys and values
	 * @param cause the client's exception, if there was one
	 */
	public RedisFailureException(Kind kind, String message, @Nullable Throwable cause) {
		super(message, cause, false, false);
		this.kind = kind;
	}

	/**
	 * A failure with the exception of a client as its cause. One that holds an error
	 * reply is left out, only the code of the reply is told: the rest of its text may
	 * quote keys, arguments and passwords.
	 * @param errorReply tells which exception holds the text of an error reply
	 */
	static RedisFailureException of(Kind kind, String what, Throwable ex, Predicate<Throwable> errorReply) {
		Throwable reply = find(ex, errorReply);
		if (reply != null) {
			return new RedisFailureException(kind, what + ": " + code(reply), null);
		}
		Throwable root = NestedExceptionUtils.getMostSpecificCause(ex);
		return new RedisFailureException(kind, what + ": " + root.getClass().getSimpleName(), ex);
	}

	/**
	 * The first that matches among an exception, what it suppressed and its causes.
	 */
	static @Nullable Throwable find(@Nullable Throwable ex, Predicate<Throwable> predicate) {
		if (ex == null || predicate.test(ex)) {
			return ex;
		}
		for (Throwable suppressed : ex.getSuppressed()) {
			Throwable found = find(suppressed, predicate);
			if (found != null) {
				return found;
			}
		}
		return find(ex.getCause(), predicate);
	}

	private static String code(Throwable errorReply) {
		Matcher matcher = CODE.matcher(String.valueOf(errorReply.getMessage()));
		return matcher.lookingAt() ? matcher.group() : "ERR";
	}

	/**
	 * What happened.
	 * @return the kind of failure
	 */
	public Kind kind() {
		return this.kind;
	}

	/**
	 * What can happen to a command.
	 */
	public enum Kind {

		/**
		 * There is no connection; the command was not sent.
		 */
		AWAY,

		/**
		 * No reply came, in time or at all; the command may have run, or may still run.
		 */
		TIMEOUT,

		/**
		 * The server answered with an error; the command did not run.
		 */
		REFUSED;

		/**
		 * The value of a meter's tag.
		 * @return the name in lower case
		 */
		public String tag() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
