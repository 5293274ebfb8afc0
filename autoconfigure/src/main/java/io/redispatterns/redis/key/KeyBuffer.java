package io.redispatterns.redis.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.IntPredicate;

import org.jspecify.annotations.Nullable;

/**
 * Encoded form of one argument while it is written: UTF-8 with percent-escapes, replaced
 * by its digest once it is longer than {@value #LIMIT} bytes. One pass and constant
 * memory, however long the argument is.
 */
final class KeyBuffer {

	static final int LIMIT = 256;

	/** The ASCII characters that stand for themselves in a text. */
	static final boolean[] TEXT = table((ch) -> ch >= ' ' && ch <= '~' && "%{}(),".indexOf(ch) < 0);

	/** The ASCII characters that stand for themselves in a name between two colons. */
	static final boolean[] NAME = table((ch) -> Character.isLetterOrDigit(ch) || "._-".indexOf(ch) >= 0);

	private static final HexFormat HEX = HexFormat.of().withUpperCase();

	private final byte[] bytes = new byte[LIMIT];

	private int length;

	private @Nullable MessageDigest digest;

	// A text that stands alone has no type before it. What is empty or too long stands in
	// parentheses, which no text contains
	static byte[] segment(String text, boolean[] plain) {
		KeyBuffer buffer = new KeyBuffer();
		buffer.ascii('s');
		buffer.text(text, plain);
		byte[] encoded = buffer.toBytes();
		if (isTypedText(text, encoded)) {
			return Arrays.copyOfRange(encoded, 1, encoded.length);
		}
		return ("(" + new String(encoded, StandardCharsets.US_ASCII) + ")").getBytes(StandardCharsets.US_ASCII);
	}

	static boolean isTypedText(Object argument, byte[] encoded) {
		return argument instanceof String && encoded[0] == 's' && encoded.length > 1;
	}

	static boolean isItsOwnForm(String text, boolean[] plain) {
		int size = text.length();
		if (size == 0 || size >= LIMIT) {
			return false;
		}
		for (int i = 0; i < size; i++) {
			char ch = text.charAt(i);
			if (ch >= plain.length || !plain[ch]) {
				return false;
			}
		}
		return true;
	}

	void ascii(int ch) {
		if (this.length == LIMIT) {
			this.digest = digest(this.digest);
			this.digest.update(this.bytes);
			this.length = 0;
		}
		this.bytes[this.length++] = (byte) ch;
	}

	void text(String text) {
		text(text, TEXT);
	}

	void text(String text, boolean[] plain) {
		for (int i = 0; i < text.length(); i++) {
			char ch = text.charAt(i);
			if (ch < plain.length) {
				single(ch, plain);
			}
			else if (Character.isHighSurrogate(ch) && i + 1 < text.length()
					&& Character.isLowSurrogate(text.charAt(i + 1))) {
				supplementary(Character.toCodePoint(ch, text.charAt(++i)));
			}
			else if (isHidden(ch)) {
				hidden(ch);
			}
			else {
				basic(ch);
			}
		}
	}

	void encoded(byte[] encoded) {
		for (byte value : encoded) {
			ascii(value);
		}
	}

	void hex(byte[] content) {
		for (byte value : content) {
			ascii(Character.forDigit((value >> 4) & 0xF, 16));
			ascii(Character.forDigit(value & 0xF, 16));
		}
	}

	byte[] toBytes() {
		MessageDigest digest = this.digest;
		if (digest == null) {
			return Arrays.copyOf(this.bytes, this.length);
		}
		digest.update(this.bytes, 0, this.length);
		return ("h" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest()))
			.getBytes(StandardCharsets.US_ASCII);
	}

	private void single(char ch, boolean[] plain) {
		if (plain[ch]) {
			ascii(ch);
		}
		else {
			ascii('%');
			ascii(HEX.toHighHexDigit(ch));
			ascii(HEX.toLowHexDigit(ch));
		}
	}

	private void basic(char ch) {
		if (ch < 0x800) {
			ascii(0xC0 | (ch >> 6));
		}
		else {
			ascii(0xE0 | (ch >> 12));
			ascii(0x80 | ((ch >> 6) & 0x3F));
		}
		ascii(0x80 | (ch & 0x3F));
	}

	private void supplementary(int codePoint) {
		ascii(0xF0 | (codePoint >> 18));
		ascii(0x80 | ((codePoint >> 12) & 0x3F));
		ascii(0x80 | ((codePoint >> 6) & 0x3F));
		ascii(0x80 | (codePoint & 0x3F));
	}

	private void hidden(char ch) {
		ascii('%');
		ascii('u');
		for (char digit : HEX.toHexDigits(ch).toCharArray()) {
			ascii(digit);
		}
	}

	// Control characters, lone surrogates (UTF-8 has none: all would become '?'), and
	// what
	// breaks or reorders a line of a log
	private static boolean isHidden(char ch) {
		return ch < 0xA0 || Character.isSurrogate(ch) || (ch >= 0x2028 && ch <= 0x202E)
				|| (ch >= 0x2066 && ch <= 0x2069);
	}

	private static MessageDigest digest(@Nullable MessageDigest current) {
		try {
			return (current != null) ? current : MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("SHA-256 is missing from this Java platform: long keys cannot be made", ex);
		}
	}

	private static boolean[] table(IntPredicate plain) {
		boolean[] table = new boolean[128];
		for (int ch = 0; ch < table.length; ch++) {
			table[ch] = plain.test(ch);
		}
		return table;
	}

}
