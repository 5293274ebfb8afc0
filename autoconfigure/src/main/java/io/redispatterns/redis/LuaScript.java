package io.redispatterns.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A constant script, read from {@code .lua} files beside the class that runs it, or by an
 * absolute path from those of another room, and sent by its digest. Every key of one
 * script is in one cluster slot; a caller that knows all keys to be on one server may
 * name others.
 *
 * @param <T> what the script returns
 */
public final class LuaScript<T> {

	private final String text;

	private final String digest;

	private final Reply reply;

	private LuaScript(String text, Reply reply) {
		this.text = text;
		this.digest = sha1(text);
		this.reply = reply;
	}

	/**
	 * Read a script that returns a whole number.
	 * @param owner the class whose package holds the file
	 * @param files the names of the files that it is put together of
	 * @return the script
	 */
	public static LuaScript<Long> returningNumber(Class<?> owner, String... files) {
		return new LuaScript<>(read(owner, files), Reply.NUMBER);
	}

	/**
	 * Read a script that returns a string, or nil for {@code null}.
	 * @param owner the class whose package holds the file
	 * @param files the names of the files that it is put together of
	 * @return the script
	 */
	public static LuaScript<byte[]> returningBytes(Class<?> owner, String... files) {
		return new LuaScript<>(read(owner, files), Reply.BYTES);
	}

	/**
	 * The text of the script.
	 * @return the text
	 */
	public String text() {
		return this.text;
	}

	/**
	 * What the script is known by on a server.
	 * @return the SHA-1 of the text in hex
	 */
	public String digest() {
		return this.digest;
	}

	/**
	 * What the script returns.
	 * @return the shape of the reply
	 */
	public Reply reply() {
		return this.reply;
	}

	private static String read(Class<?> owner, String... files) {
		return Stream.of(files).map((file) -> read(owner, file)).collect(Collectors.joining());
	}

	private static String read(Class<?> owner, String file) {
		try (InputStream source = owner.getResourceAsStream(file)) {
			if (source == null) {
				throw new IllegalArgumentException("No script '%s' beside %s".formatted(file, owner.getName()));
			}
			return new String(source.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String sha1(String text) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Shape of a script's reply.
	 */
	public enum Reply {

		/**
		 * A whole number.
		 */
		NUMBER,

		/**
		 * A string, or nothing.
		 */
		BYTES

	}

}
