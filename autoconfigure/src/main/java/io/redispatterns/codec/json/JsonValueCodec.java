package io.redispatterns.codec.json;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

import io.redispatterns.codec.UnreadableValueException;
import io.redispatterns.codec.ValueCodec;
import io.redispatterns.codec.ValueCodecException;
import io.redispatterns.codec.ValueTooLargeException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.exc.InvalidDefinitionException;

/**
 * The {@link ValueCodec} of one or several types.
 */
final class JsonValueCodec implements ValueCodec {

	private static final int JSON = 0x10;

	private static final int COMPRESSED = 1;

	private static final int IDENTIFIED = 2;

	private final String owner;

	private final List<Member> members;

	private final long compressAbove;

	private final long maxSize;

	JsonValueCodec(String owner, List<Member> members, long compressAbove, long maxSize) {
		this.owner = owner;
		this.members = members;
		this.compressAbove = (compressAbove > 0) ? compressAbove : Long.MAX_VALUE;
		this.maxSize = maxSize;
	}

	@Override
	public byte[] encode(Object value) {
		Member member = memberFor(value);
		int mark = (this.members.size() > 1) ? JSON | IDENTIFIED : JSON;
		// Jackson hands over a value of up to 8,000 bytes as one: they fit without a copy
		ValueBytes bytes = new ValueBytes(rawBound(), 1);
		bytes.write(mark);
		if (mark != JSON) {
			bytes.write(member.id, 0, member.id.length);
		}
		int header = bytes.size();
		try {
			member.writer.writeValue(bytes, value);
		}
		catch (RuntimeException ex) {
			throw (bytes.refused() > 0) ? new ValueTooLargeException(this.owner, bytes.refused(), this.maxSize)
					: notWritten(member, ex);
		}
		if (bytes.size() > this.compressAbove) {
			bytes = bytes.compressed(header, (byte) (mark | COMPRESSED));
		}
		if (bytes.size() > this.maxSize) {
			throw new ValueTooLargeException(this.owner, bytes.size(), this.maxSize);
		}
		return bytes.toByteArray();
	}

	@Override
	public Object decode(byte[] source, int offset, int length) {
		if (length < 2 || length > this.maxSize) {
			throw unreadable(length, "no value has this size");
		}
		int mark = source[offset];
		Member member = ((mark & IDENTIFIED) != 0) ? memberOf(source, offset + 1, length - 1) : this.members.get(0);
		if ((mark & ~(COMPRESSED | IDENTIFIED)) != JSON || member == null
				|| ((mark & IDENTIFIED) == 0 && this.members.size() > 1)) {
			throw unreadable(length, "the format or type is not one of its own");
		}
		int header = ((mark & IDENTIFIED) != 0) ? 1 + member.id.length : 1;
		Object value;
		try {
			value = ((mark & COMPRESSED) != 0) ? inflate(member.reader, source, offset + header, length - header)
					: member.reader.readValue(source, offset + header, length - header);
		}
		catch (JacksonException ex) {
			throw unreadable(length, "%s at byte %d".formatted(ex.getClass().getSimpleName(), position(ex)));
		}
		catch (RuntimeException ex) {
			throw unreadable(length, ex.getClass().getSimpleName());
		}
		if (value == null) {
			throw unreadable(length, "null is not a value");
		}
		return value;
	}

	private @Nullable Object inflate(ObjectReader reader, byte[] source, int offset, int length) {
		Inflater inflater = new Inflater();
		try {
			InflaterInputStream stream = new InflaterInputStream(new ByteArrayInputStream(source, offset, length),
					inflater, Math.min(length, 8192));
			Object value = reader.readValue(new ValueBytes.Bounded(stream, rawBound()));
			return (inflater.getBytesRead() == length) ? value : null;
		}
		finally {
			inflater.end();
		}
	}

	private long rawBound() {
		return (this.compressAbove < this.maxSize) ? this.maxSize * ValueBytes.RAW_FACTOR : this.maxSize;
	}

	private Member memberFor(Object value) {
		Member best = null;
		for (Member member : this.members) {
			if (member.raw.isInstance(value) && (best == null || best.raw.isAssignableFrom(member.raw))) {
				best = member;
			}
		}
		if (best == null) {
			throw new ValueCodecException("%s stores %s but was given a '%s': declare that type as well"
				.formatted(this.owner, this.members, value.getClass().getName()));
		}
		return best;
	}

	private @Nullable Member memberOf(byte[] source, int offset, int length) {
		for (Member member : this.members) {
			byte[] id = member.id;
			if (id.length <= length && Arrays.equals(id, 0, id.length, source, offset, offset + id.length)) {
				return member;
			}
		}
		return null;
	}

	// Jackson's messages and causes quote the value
	private ValueCodecException notWritten(Member member, RuntimeException failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof ValueCodecException refusal) {
				return new ValueCodecException(
						"%s cannot store a %s: %s".formatted(this.owner, member, refusal.getMessage()));
			}
		}
		String reason = (failure instanceof InvalidDefinitionException definition) ? definition.getOriginalMessage()
				: failure.getClass().getName();
		return new ValueCodecException("%s cannot store a %s: %s".formatted(this.owner, member, reason));
	}

	private UnreadableValueException unreadable(int length, String reason) {
		return new UnreadableValueException(this.owner, length, reason);
	}

	private static long position(JacksonException failure) {
		return (failure.getLocation() != null) ? failure.getLocation().getByteOffset() : -1;
	}

	/**
	 * One type of the set, with its id, reader and writer.
	 */
	static final class Member {

		final Class<?> raw;

		final byte[] id;

		final ObjectReader reader;

		final ObjectWriter writer;

		private final String name;

		Member(JavaType type, ObjectReader reader, ObjectWriter writer) {
			this.raw = type.getRawClass();
			this.name = type.toCanonical();
			byte[] bytes = this.name.getBytes(StandardCharsets.UTF_8);
			this.id = new byte[bytes.length + 2];
			this.id[0] = (byte) (bytes.length >> 8);
			this.id[1] = (byte) bytes.length;
			System.arraycopy(bytes, 0, this.id, 2, bytes.length);
			this.reader = reader;
			this.writer = writer;
		}

		@Override
		public String toString() {
			return "'" + this.name + "'";
		}

	}

}
