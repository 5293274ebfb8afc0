package io.redispatterns.redis.key;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

import org.jspecify.annotations.Nullable;

import org.springframework.cache.interceptor.SimpleKey;

/**
 * Random keys, each with a model that is equal exactly when the keys should be. Texts are
 * made of what the layout and the encoding use themselves, so that near misses are
 * common.
 */
final class KeySamples {

	private static final String[] FRAGMENTS = { "", "", "a", "b", "1", "i1", "l1", "s", "sa", "n", "x", "h", "%", "%%",
			"%25", "%2", "5", "%7B", "%7b", "{", "}", "{}", "(", ")", "()", ",", ",s", ":", "::", "~g", "~t:", "?",
			"\uD800", "\uDC00", "\uD83D\uDE00", "\uFFFD", "%uD800", "%u2028", "\u2028", "\u0085", "\r\n", "\0", "é",
			"\u00C3", "list(", "key(i1)", "set(", "(s)", "lock", "rl", "%6Cock", "x".repeat(85), "x".repeat(250),
			"x".repeat(260), "%28".repeat(80), "(".repeat(80) };

	private static final String[] SUFFIXES = { "l", "f", "", "l:f", "%", "(s)" };

	private static final long[] NUMBERS = { 0, 1, -1, 9, 10, 11, 127, -128, Integer.MAX_VALUE, Integer.MIN_VALUE,
			Long.MAX_VALUE, Long.MIN_VALUE };

	private final Random random;

	private final List<KeySpace> spaces = List.of(space("a"), space("b"));

	KeySamples(long seed) {
		this.random = new Random(seed);
	}

	/** A random key of a random cache or kind. */
	Sample key() {
		KeySpace space = any(this.spaces);
		String name = text();
		boolean kind = chance(4);
		Keys keys = kind ? space.kind("lock") : space.named(name);
		List<Object> room = List.of(space.namespace(), kind ? List.of() : name);
		if (chance(16)) {
			return new Sample(keys.generation(), List.of(room, "generation"));
		}
		if (chance(8)) {
			String tag = text();
			return new Sample(keys.tag(tag), List.of(room, "tag", tag));
		}
		Argument argument = argument(3);
		while (argument.value() == null) {
			argument = argument(3);
		}
		if (chance(2)) {
			return new Sample(keys.key(argument.value()), List.of(room, argument.model()));
		}
		String suffix = any(List.of(SUFFIXES));
		return new Sample(keys.key(argument.value(), suffix), List.of(room, argument.model(), suffix));
	}

	private Argument argument(int depth) {
		int choice = this.random.nextInt((depth > 0) ? 26 : 14);
		long number = NUMBERS[this.random.nextInt(NUMBERS.length)];
		return switch (choice) {
			case 0 -> leaf((int) number);
			case 1 -> leaf(number);
			case 2 -> leaf((short) number);
			case 3 -> leaf(BigInteger.valueOf(number));
			case 4 -> leaf(BigDecimal.valueOf(number, this.random.nextInt(3)));
			case 5 -> leaf((double) number / 2);
			case 6 -> leaf(any(List.of(DayOfWeek.MONDAY, true, LocalDate.EPOCH, Object.class)));
			case 7 -> leaf(any(List.of(',', '1', '(', '\uD800', '\uD801', '?')));
			case 8 -> bytes();
			case 9 -> new Argument(null, "null");
			case 14, 15 -> list(arguments(depth));
			case 16, 17 -> set(arguments(depth));
			case 18, 19 -> map(arguments(depth), arguments(depth));
			case 20 -> array(arguments(depth));
			case 21 -> optional(argument(depth - 1));
			case 22 -> pair(argument(depth - 1), argument(depth - 1));
			case 23 -> money();
			case 24, 25 -> simpleKey(arguments(depth));
			default -> leaf(text());
		};
	}

	private Argument bytes() {
		byte[] content = new byte[this.random.nextInt(4)];
		List<Object> model = new ArrayList<>();
		for (int i = 0; i < content.length; i++) {
			content[i] = (byte) this.random.nextInt(-1, 2);
			model.add(content[i]);
		}
		return new Argument(content, List.of("bytes", model));
	}

	private Argument list(List<Argument> elements) {
		List<@Nullable Object> values = values(elements);
		return new Argument(chance(2) ? new LinkedList<>(values) : values, List.of("list", models(elements)));
	}

	private Argument array(List<Argument> elements) {
		return new Argument(values(elements).toArray(), List.of("array", models(elements)));
	}

	private Argument simpleKey(List<Argument> elements) {
		return new Argument(new SimpleKey(values(elements).toArray()), List.of("key", models(elements)));
	}

	private Argument set(List<Argument> elements) {
		List<Argument> distinct = distinct(elements);
		List<@Nullable Object> values = values(distinct);
		return new Argument(chance(2) ? new HashSet<>(values) : new LinkedHashSet<>(values),
				List.of("set", new HashSet<>(models(distinct))));
	}

	private Argument map(List<Argument> keys, List<Argument> values) {
		Map<@Nullable Object, @Nullable Object> map = chance(2) ? new HashMap<>() : new LinkedHashMap<>();
		Map<Object, Object> model = new HashMap<>();
		List<Argument> distinct = distinct(keys);
		for (int i = 0; i < Math.min(distinct.size(), values.size()); i++) {
			map.put(distinct.get(i).value(), values.get(i).value());
			model.put(distinct.get(i).model(), values.get(i).model());
		}
		return new Argument(map, List.of("map", model));
	}

	private Argument optional(Argument content) {
		Object model = (content.value() != null) ? List.of(content.model()) : List.of();
		return new Argument(Optional.ofNullable(content.value()), List.of("optional", model));
	}

	private Argument pair(Argument one, Argument other) {
		return new Argument(new Pair(one.value(), other.value()), List.of("pair", one.model(), other.model()));
	}

	private Argument money() {
		String amount = text();
		return new Argument(new Money(amount), List.of("money", amount));
	}

	private List<Argument> arguments(int depth) {
		List<Argument> arguments = new ArrayList<>();
		for (int i = this.random.nextInt(4); i > 0; i--) {
			arguments.add(argument(depth - 1));
		}
		return arguments;
	}

	private List<Argument> distinct(List<Argument> arguments) {
		Map<Object, Argument> distinct = new LinkedHashMap<>();
		arguments.forEach((argument) -> distinct.put(argument.model(), argument));
		List<Argument> shuffled = new ArrayList<>(distinct.values());
		Collections.shuffle(shuffled, this.random);
		return shuffled;
	}

	private String text() {
		StringBuilder text = new StringBuilder();
		for (int i = this.random.nextInt(4); i > 0; i--) {
			text.append(FRAGMENTS[this.random.nextInt(FRAGMENTS.length)]);
		}
		return text.toString();
	}

	private boolean chance(int oneIn) {
		return this.random.nextInt(oneIn) == 0;
	}

	private <T> T any(List<? extends T> values) {
		return values.get(this.random.nextInt(values.size()));
	}

	private static Argument leaf(Object value) {
		return new Argument(value, List.of(value.getClass(), value));
	}

	private static List<@Nullable Object> values(List<Argument> arguments) {
		return new ArrayList<>(Arrays.asList(arguments.stream().map(Argument::value).toArray()));
	}

	private static List<Object> models(List<Argument> arguments) {
		return arguments.stream().map(Argument::model).toList();
	}

	private static KeySpace space(String namespace) {
		return KeySpace.of(namespace, List.of((argument) -> (argument instanceof Money money) ? money.amount : null));
	}

	record Sample(byte[] key, Object model) {

		boolean shouldEqual(Sample other) {
			return Objects.equals(this.model, other.model);
		}

	}

	private record Argument(@Nullable Object value, Object model) {

	}

	private record Pair(@Nullable Object one, @Nullable Object other) {

	}

	private static final class Money {

		private final String amount;

		private Money(String amount) {
			this.amount = amount;
		}

	}

}
