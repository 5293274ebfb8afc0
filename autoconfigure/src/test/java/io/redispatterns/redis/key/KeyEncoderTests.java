package io.redispatterns.redis.key;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.cache.interceptor.SimpleKey;
import org.springframework.cache.interceptor.SimpleKeyGenerator;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KeyEncoder}, {@link KeyLeaf} and {@link KeyParts}.
 */
class KeyEncoderTests {

	private final KeyEncoder encoder = new KeyEncoder(List.of());

	@ParameterizedTest
	@MethodSource
	void writesArgumentWithItsType(Object argument, String expected) {
		assertThat(encode(argument)).isEqualTo(expected);
	}

	static Stream<Arguments> writesArgumentWithItsType() {
		Sort sort = Sort.by(Sort.Order.desc("price").ignoreCase(), Sort.Order.asc("name"));
		String orders = "sort(order(sprice,sDESC,sNATIVE,btrue),order(sname,sASC,sNATIVE,bfalse))";
		return Stream.of(arguments(-1, "i-1"), arguments(1L, "l1"), arguments((byte) 1, "Byte:1"),
				arguments((short) 1, "Short:1"), arguments(1.5, "d0x1.8p0"), arguments(-0.0f, "Float:-0x0.0p0"),
				arguments(true, "btrue"), arguments(',', "c%2C"), arguments('\uD800', "c%uD800"), arguments("", "s"),
				arguments("a:b é\uD83D\uDE00", "sa:b é\uD83D\uDE00"), arguments("%{}(),", "s%25%7B%7D%28%29%2C"),
				arguments("\uDC00\uD800", "s%uDC00%uD800"), arguments(new BigInteger("12"), "BigInteger:12"),
				arguments(new BigDecimal("1.10"), "BigDecimal:1.10"),
				arguments(new UUID(1, 2), "u00000000-0000-0001-0000-000000000002"),
				arguments(DayOfWeek.MONDAY, "ejava.time.DayOfWeek.MONDAY"),
				arguments(TimeUnit.DAYS, "ejava.util.concurrent.TimeUnit.DAYS"),
				arguments(LocalDate.of(2026, 2, 1), "LocalDate:2026-02-01"),
				arguments(YearMonth.of(2026, 2), "YearMonth:2026-02"),
				arguments(Instant.EPOCH, "Instant:1970-01-01T00:00:00Z"),
				arguments(Duration.ofMillis(1500), "Duration:PT1.5S"), arguments(ZoneOffset.UTC, "ZoneId:Z"),
				arguments(ZoneId.of("Europe/Paris"), "ZoneId:Europe/Paris"), arguments(new Date(7), "Date:7"),
				arguments(Locale.CANADA_FRENCH, "Locale:fr-CA"),
				arguments(new Locale("EN_us"), "locale(sen_us,s,s,s,map())"),
				arguments(Currency.getInstance("EUR"), "Currency:EUR"),
				arguments(String[].class, "Class:[Ljava.lang.String;"),
				arguments(URI.create("HTTP://me@Host:80/a%c3?q=B#F"), "URI:http://me@host:80/a%25C3?q=B#F"),
				arguments(URI.create("mailto:A@b.c"), "URI:mailto:A@b.c"),
				arguments(new byte[] { 0, -1, 16 }, "x00ff10"), arguments(new int[] { 1, 2 }, "ints(i1,i2)"),
				arguments(new long[0], "longs()"), arguments(new Object[] { "a", null }, "array(sa,n)"),
				arguments(List.of(1, List.of()), "list(i1,list())"), arguments(Set.of("b", "a"), "set(sa,sb)"),
				arguments(Set.of(), "set()"), arguments(Map.of("b", 1, "a", 2), "map((sa,i2),(sb,i1))"),
				arguments(new ArrayDeque<>(List.of(2, 1)), "collection(i2,i1)"),
				arguments(Optional.of("a"), "optional(sa)"), arguments(Optional.empty(), "optional()"),
				arguments(SimpleKey.EMPTY, "key()"), arguments(new SimpleKey("a", null, 1), "key(sa,n,i1)"),
				arguments(new Point(1, 2), "record:io.redispatterns.redis.key.KeyEncoderTests$Point(i1,i2)"),
				arguments(sort, orders), arguments(Sort.unsorted(), "sort()"),
				arguments(PageRequest.of(2, 10, sort), "page(i2,i10," + orders + ")"),
				arguments(Pageable.unpaged(), "unpaged(sort())"));
	}

	@ParameterizedTest
	@MethodSource
	void writesEqualArgumentsAlike(Object one, Object other) {
		assertThat(encode(one)).isEqualTo(encode(other));
	}

	static Stream<Arguments> writesEqualArgumentsAlike() {
		Map<String, Integer> forward = new LinkedHashMap<>();
		Map<String, Integer> backward = new LinkedHashMap<>();
		for (int i = 0; i < 100; i++) {
			forward.put("k" + i, i);
			backward.put("k" + (99 - i), 99 - i);
		}
		return Stream.of(arguments(forward, backward), arguments(forward, new HashMap<>(backward)),
				arguments(forward, new TreeMap<>(backward)),
				arguments(new LinkedHashSet<>(forward.keySet()), new TreeSet<>(backward.keySet())),
				arguments(List.of(1, 2), new ArrayList<>(List.of(1, 2))),
				arguments(Arrays.asList(1, 2), new LinkedList<>(List.of(1, 2))),
				arguments(new Point(1, 2), new Point(1, 2)), arguments(new byte[] { 1 }, new byte[] { 1 }),
				arguments(new SimpleKey((Object) new String[] { "a" }), new SimpleKey((Object) new Object[] { "a" })),
				arguments(URI.create("HTTP://HOST/%c3"), URI.create("http://host/%C3")),
				arguments(URI.create("file:///x"), URI.create("file:/x")), arguments(Double.NaN, -Double.NaN),
				arguments(new Locale("fr", "CA"), Locale.CANADA_FRENCH));
	}

	@Test
	void writesDifferentArgumentsDifferently() {
		Stream<Object> arguments = Stream.of(1, 1L, (short) 1, (byte) 1, '1', "1", "i1", "l1", 1.0, 1.0f,
				BigInteger.ONE, BigDecimal.ONE, new BigDecimal("1.0"), new BigDecimal("1.00"), -0.0, 0.0, true, "true",
				List.of(1), Set.of(1), Optional.of(1), new ArrayDeque<>(List.of(1)), new int[] { 1 }, new long[] { 1 },
				new Object[] { 1 }, new int[0], new long[0], new Object[0], new byte[0], new byte[] { 1 }, "x01",
				new SimpleKey(1), new SimpleKey(List.of(1)), new SimpleKey("alice", "1, 2"),
				new SimpleKey("alice, 1", "2"), new SimpleKey("a,b"), new SimpleKey("a", "b"), new SimpleKey("a,sb"),
				new SimpleKey((Object) null), new SimpleKey("null"), new SimpleKey("n"), new SimpleKey("", ""),
				SimpleKey.EMPTY, "key()", "", List.of(), Set.of(), Map.of(), Optional.empty(), List.of(List.of()),
				List.of(List.of(1), 2), List.of(List.of(1, 2)), List.of(1, 2), List.of(2, 1), Map.of(1, 2),
				Map.of(2, 1), Map.of(List.of(1), 2), List.of(Map.of(1, 2)), new Point(1, 2), new Size(1, 2),
				Set.of(1, 2), "?", "\uD800", "\uD801", "%uD800", "\uFFFD", "%", "%25", "{", "%7B", "a\nb", "a%0Ab",
				"\uD83D\uDE00", "\uDE00\uD83D", new Locale("en_us"), new Locale("en", "us"),
				new Locale("", "", "en_us"), new Locale("no", "NO", "NY"), new Locale("nn", "NO"), Locale.ROOT,
				DayOfWeek.MONDAY, "ejava.time.DayOfWeek.MONDAY", Instant.EPOCH, Instant.EPOCH.atZone(ZoneOffset.UTC),
				Instant.EPOCH.atZone(ZoneId.of("UTC")), ZonedDateTime.parse("1970-01-01T01:00+01:00"),
				Duration.ofDays(1), Duration.ofHours(25), PageRequest.of(0, 10), PageRequest.of(0, 10, Sort.by("a")),
				PageRequest.of(1, 10), Pageable.unpaged(), Pageable.unpaged(Sort.by("a")), Sort.by("a"),
				Sort.by("a").descending(), Sort.by("a", "b"), Sort.by("a,b"), Sort.by(Sort.Order.by("a").nullsLast()),
				new Date(0), 0L, Object.class, "Class:java.lang.Object");
		assertThat(arguments.map(this::encode)).doesNotHaveDuplicates();
	}

	@Test
	void readsTheParametersOfTheKeysSpringMakes() {
		assertThat(encode(SimpleKeyGenerator.generateKey("alice", 2))).isEqualTo("key(salice,i2)");
		assertThat(encode(SimpleKeyGenerator.generateKey())).isEqualTo("key()");
		assertThat(encode(SimpleKeyGenerator.generateKey("alice"))).isEqualTo("salice");
	}

	@Test
	void readsFieldsOfRecordWhoseAccessorHidesOne() {
		assertThat(encode(new Login("luis", "a"))).isNotEqualTo(encode(new Login("luis", "b")));
	}

	@Test
	void writesDigestOfLongForms() {
		assertThat(encode("x".repeat(255))).isEqualTo("s" + "x".repeat(255));
		assertThat(encode("x".repeat(256))).matches("h[A-Za-z0-9_-]{43}").isNotEqualTo(encode("x".repeat(257)));
		assertThat(encode("%".repeat(86))).startsWith("h");
		assertThat(encode(encode("x".repeat(256)))).startsWith("sh");
	}

	@Test
	void writesHugeArguments() {
		String text = "x".repeat(10_000_000);
		byte[] content = new byte[1_000_000];
		String one = encode(content);
		content[999_999] = 1;
		assertThat(List.of(encode(text), encode(text + "x"), encode("x" + text + "x"), one, encode(content)))
			.allMatch((encoded) -> encoded.matches("h[A-Za-z0-9_-]{43}"))
			.doesNotHaveDuplicates();
	}

	private static Arguments arguments(Object one, Object other) {
		return Arguments.of(one, other);
	}

	private String encode(Object argument) {
		return new String(this.encoder.encode(argument), StandardCharsets.UTF_8);
	}

	record Point(int x, int y) {

	}

	record Size(int x, int y) {

	}

	record Login(String name, @Nullable String password) {

		@Override
		public String password() {
			return "***";
		}

	}

}
