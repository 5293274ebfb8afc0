package io.redispatterns.redis;

import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLException;

import io.redispatterns.redis.RedisFailureException.Kind;
import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;

/**
 * What the exceptions of a client mean. The text of an error reply may quote keys,
 * arguments and passwords: only its code is told.
 */
public final class Failures {

	/**
	 * A server before 7.0 puts its own words before what went wrong inside a script.
	 */
	private static final Pattern CODE = Pattern
		.compile("(?:(?:ERR Error running script .{0,60}?: )?(?:@user_script: ?\\d+: ){1,2}-?)?([A-Z]{2,20})(?= |$)");

	private static final Set<String> SERVES_NOBODY = Set.of("LOADING", "MASTERDOWN", "CLUSTERDOWN", "BUSY", "NOAUTH",
			"WRONGPASS");

	private static final Set<String> DENIES = Set.of("NOAUTH", "WRONGPASS");

	private static final Set<String> STORES_NOTHING = Set.of("OOM", "MISCONF", "NOREPLICAS");

	private static final String CROSSSLOT = "CROSSSLOT";

	private final Predicate<Throwable> errorReply;

	/**
	 * Create the words for a client.
	 * @param errorReply tells which exception holds the text of an error reply
	 */
	public Failures(Predicate<Throwable> errorReply) {
		this.errorReply = errorReply;
	}

	/**
	 * Name a command that was not sent.
	 * @param ex what the client threw
	 * @return the failure
	 */
	public RedisFailureException unsent(Throwable ex) {
		return of(Kind.AWAY, "No connection to the server", ex);
	}

	/**
	 * Name a command that was sent, or may have been.
	 * @param thrown what the client threw, or a future has wrapped around it
	 * @return the failure
	 */
	public RedisFailureException sent(Throwable thrown) {
		Throwable ex = unwrap(thrown);
		if (ex instanceof RedisFailureException failure) {
			return failure;
		}
		Throwable reply = this.errorReply.test(ex) ? find(ex, this.errorReply) : null;
		return (reply != null) ? of(kind(code(reply)), "The server refused a command", reply)
				: of(Kind.TIMEOUT, "The connection was lost before the reply", ex);
	}

	private RedisFailureException of(Kind kind, String what, Throwable ex) {
		Throwable reply = find(ex, this.errorReply);
		if (reply != null) {
			return new RedisFailureException(kind, what + ": " + code(reply), null, DENIES.contains(code(reply)));
		}
		Throwable root = NestedExceptionUtils.getMostSpecificCause(ex);
		if (root instanceof GeneralSecurityException || root instanceof SSLException) {
			return new RedisFailureException(kind,
					what + ": TLS by 'spring.data.redis.ssl.bundle' failed: " + root.getMessage(), ex, true);
		}
		return new RedisFailureException(kind, what + ": " + root.getClass().getSimpleName(), ex);
	}

	private static Kind kind(String code) {
		if (SERVES_NOBODY.contains(code)) {
			return Kind.AWAY;
		}
		if (STORES_NOTHING.contains(code)) {
			return Kind.FULL;
		}
		return code.equals("READONLY") ? Kind.READONLY : Kind.REFUSED;
	}

	/**
	 * What a future has wrapped.
	 * @param thrown an exception
	 * @return its cause, where it is the wrapping of a future
	 */
	public static Throwable unwrap(Throwable thrown) {
		Throwable ex = thrown;
		while ((ex instanceof ExecutionException || ex instanceof CompletionException) && ex.getCause() != null) {
			ex = ex.getCause();
		}
		return ex;
	}

	/**
	 * Whether a server refused a command as its keys are of several slots: behind what
	 * seems to be one server there is a cluster.
	 * @param thrown what the client threw, its translation, or a future's wrapping
	 * @return whether it did
	 */
	public static boolean areSlotsApart(Throwable thrown) {
		return find(unwrap(thrown), (ex) -> {
			String message = String.valueOf(ex.getMessage());
			return message.startsWith(CROSSSLOT) || message.endsWith(": " + CROSSSLOT);
		}) != null;
	}

	/**
	 * Find the first that matches among an exception, what it suppressed and its causes.
	 * @param ex the exception
	 * @param predicate what to look for
	 * @return the match, {@code null} without one
	 */
	public static @Nullable Throwable find(@Nullable Throwable ex, Predicate<Throwable> predicate) {
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
		String message = String.valueOf(NestedExceptionUtils.getMostSpecificCause(errorReply).getMessage());
		Matcher matcher = CODE.matcher(message);
		return matcher.lookingAt() ? matcher.group(1) : "ERR";
	}

}
