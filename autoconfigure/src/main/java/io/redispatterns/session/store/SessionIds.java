package io.redispatterns.session.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

import org.springframework.session.SessionIdGenerator;

/**
 * Identifiers of sessions, 256 random bits that only a cookie holds, and their handles,
 * by which all others know a session: 128 bits of the SHA-256 of the identifier.
 */
public final class SessionIds implements SessionIdGenerator {

	private static final int ID_BYTES = 32;

	private static final int HANDLE_BYTES = 16;

	private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{43}");

	private static final Pattern HANDLE = Pattern.compile("[A-Za-z0-9_-]{22}");

	private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

	private final RandomGenerator random;

	/**
	 * Create a generator.
	 * @param random a secure source
	 */
	public SessionIds(RandomGenerator random) {
		this.random = random;
	}

	@Override
	public String generate() {
		byte[] id = new byte[ID_BYTES];
		this.random.nextBytes(id);
		return TEXT.encodeToString(id);
	}

	/**
	 * Whether a text could be an identifier.
	 * @param text what a client has sent
	 * @return whether it has the form of one
	 */
	public static boolean isId(String text) {
		return ID.matcher(text).matches();
	}

	/**
	 * Whether a text could be a handle.
	 * @param text what a client has sent
	 * @return whether it has the form of one
	 */
	public static boolean isHandle(String text) {
		return HANDLE.matcher(text).matches();
	}

	/**
	 * The handle of a session.
	 * @param id its identifier
	 * @return the handle, from which the identifier cannot be told
	 */
	public static String handle(String id) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
			return TEXT.encodeToString(Arrays.copyOf(digest, HANDLE_BYTES));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
