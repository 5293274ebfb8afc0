package io.redispatterns.hash;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import io.redispatterns.codec.UnreadableValueException;
import io.redispatterns.codec.json.JsonObjectProperty;
import io.redispatterns.hash.field.HashCodec;
import io.redispatterns.hash.script.HashReads;
import io.redispatterns.hash.script.HashWrites;
import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.RedisFailureException.Kind;

/**
 * Adds to numbers of objects: to whole ones where they are, to decimal ones by comparing
 * and setting until nobody has come between, as the server's own sum of these is rounded.
 */
final class HashIncrements {

	private static final Map<Class<?>, String[]> WHOLE = Map.of(Long.class, new String[0], Integer.class,
			bounds(Integer.MIN_VALUE, Integer.MAX_VALUE), Short.class, bounds(Short.MIN_VALUE, Short.MAX_VALUE),
			Byte.class, bounds(Byte.MIN_VALUE, Byte.MAX_VALUE));

	private static final int ATTEMPTS = 1000;

	private final HashCodec codec;

	private final HashReads reads;

	private final HashWrites writes;

	HashIncrements(HashCodec codec, HashReads reads, HashWrites writes) {
		this.codec = codec;
		this.reads = reads;
		this.writes = writes;
	}

	HashCodec codec() {
		return this.codec;
	}

	HashReads reads() {
		return this.reads;
	}

	HashWrites writes() {
		return this.writes;
	}

	OptionalLong add(byte[] key, String name, long delta) {
		JsonObjectProperty property = number(name);
		String[] bounds = WHOLE.get(property.type());
		if (bounds == null) {
			throw new IllegalArgumentException("Property '%s' is a '%s' and no whole number of at most 64 bits"
				.formatted(name, property.type().getName()));
		}
		String reply = this.writes.increment(key, name, delta, bounds);
		return switch (reply.charAt(0)) {
			case '=' -> OptionalLong.of(Long.parseLong(reply.substring(1)));
			case '3' -> OptionalLong.empty();
			case 'o' -> throw new ArithmeticException("The sum does not fit property '%s'".formatted(name));
			default -> throw new IllegalStateException("Property '%s' of the object is no number".formatted(name));
		};
	}

	Optional<BigDecimal> add(byte[] key, String name, BigDecimal delta) {
		JsonObjectProperty property = number(name);
		if (property.type() != BigDecimal.class) {
			throw new IllegalArgumentException(
					"Property '%s' is a '%s' and no BigDecimal".formatted(name, property.type().getName()));
		}
		byte[] before = this.reads.fields(List.of(key), List.of(name)).get(0).get(name);
		for (int i = 0; i < ATTEMPTS; i++) {
			// Also where there is nothing, as a write voids the loads that are under way
			BigDecimal sum = (before != null) ? sum(property, before, delta) : delta;
			String reply = this.writes.swap(key, name, (before != null) ? before : new byte[0], property.encode(sum));
			if (reply.charAt(0) != '!') {
				return (reply.charAt(0) == '=') ? Optional.of(sum) : Optional.empty();
			}
			before = reply.substring(1).getBytes(StandardCharsets.UTF_8);
		}
		throw new RedisFailureException(Kind.TIMEOUT, "Others wrote a number each time before it was added to", null);
	}

	private static BigDecimal sum(JsonObjectProperty property, byte[] before, BigDecimal delta) {
		Object value;
		try {
			value = property.decode(before);
		}
		catch (UnreadableValueException ex) {
			value = null;
		}
		if (!(value instanceof BigDecimal number)) {
			throw new IllegalStateException("Property '%s' of the object is no number".formatted(property.name()));
		}
		return number.add(delta);
	}

	private JsonObjectProperty number(String name) {
		if (this.codec.isVersion(name)) {
			throw new IllegalArgumentException(
					"Property '%s' is the version of the object: write it with what has changed".formatted(name));
		}
		return this.codec.property(name);
	}

	private static String[] bounds(long least, long greatest) {
		return new String[] { Long.toString(least), Long.toString(greatest) };
	}

}
