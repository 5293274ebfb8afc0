package io.redispatterns.codec.json;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import io.redispatterns.codec.ValueCodec;
import io.redispatterns.codec.ValueCodecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JsonValueCodecTests {

	private final JsonValueCodecs codecs = new JsonValueCodecs(Set.of(), List.of());

	@Test
	void restoresRecord() {
		assertThat(restored(track(1), Track.class)).isEqualTo(track(1));
	}

	@Test
	void restoresEverythingARecordCanHold() {
		Everything everything = new Everything(1, 2L, (short) 3, (byte) 4, 'c', 1.5f, 0.1 + 0.2, true,
				new BigDecimal("1.00"), new BigDecimal("1E+3"), new BigInteger("123456789012345678901234567890"),
				UUID.randomUUID(), Instant.parse("2024-02-29T23:59:59.123456789Z"), LocalDate.of(2024, 2, 29),
				ZonedDateTime.parse("2024-10-27T02:30+01:00[Europe/Paris]"),
				OffsetDateTime.parse("2024-10-27T02:30+05:30"), Duration.ofNanos(1), DayOfWeek.FRIDAY, Optional.of(1L),
				Optional.empty(), new Date(1), null, Map.of(DayOfWeek.MONDAY, List.of(1L, 2L)), Loud.QUIET);
		assertThat(restored(everything, Everything.class)).isEqualTo(everything);
	}

	@Test
	void restoresGenericTypes() {
		assertThat(restored(List.of(track(1), track(2)), new ParameterizedTypeReference<List<Track>>() {
		}.getType())).isEqualTo(List.of(track(1), track(2)));
		Map<String, List<Track>> byAlbum = new LinkedHashMap<>(Map.of("a", List.of(track(1)), "b", List.of()));
		assertThat(restored(byAlbum, new ParameterizedTypeReference<Map<String, List<Track>>>() {
		}.getType())).isEqualTo(byAlbum);
		assertThat(restored(Optional.of(track(1)), new ParameterizedTypeReference<Optional<Track>>() {
		}.getType())).isEqualTo(Optional.of(track(1)));
		assertThat(restored(Set.of(1L), ResolvableType.forClassWithGenerics(Set.class, Long.class).getType()))
			.isEqualTo(Set.of(1L));
		assertThat(restored(new Page<>(List.of(track(1)), 1),
				ResolvableType.forClassWithGenerics(Page.class, Track.class).getType()))
			.isEqualTo(new Page<>(List.of(track(1)), 1));
	}

	@Test
	void restoresArraysAndScalars() {
		assertThat(restored(new byte[] { 1, -1 }, byte[].class)).isEqualTo(new byte[] { 1, -1 });
		assertThat(restored(new Track[] { track(1) }, Track[].class)).isEqualTo(new Track[] { track(1) });
		assertThat(restored(7, int.class)).isEqualTo(7);
		assertThat(restored(true, boolean.class)).isEqualTo(true);
		assertThat(restored("", String.class)).isEqualTo("");
		assertThat(restored("ä€😀\u0000\"", String.class)).isEqualTo("ä€😀\u0000\"");
		assertThat(restored(DayOfWeek.MONDAY, DayOfWeek.class)).isEqualTo(DayOfWeek.MONDAY);
		assertThat(restored(Double.NaN, Double.class)).isEqualTo(Double.NaN);
		assertThat(restored(ZoneId.of("Europe/Paris"), ZoneId.class)).isEqualTo(ZoneId.of("Europe/Paris"));
	}

	@Test
	void restoresBean() {
		Customer customer = new Customer();
		customer.setName("Luís");
		customer.setTags(List.of("a"));
		assertThat(restored(customer, Customer.class)).usingRecursiveComparison().isEqualTo(customer);
	}

	@Test
	void readsFromTheMiddleOfAnArray() {
		ValueCodec codec = this.codecs.codecFor("cache 'tracks'", List.of(Track.class));
		byte[] bytes = codec.encode(track(1));
		byte[] envelope = new byte[bytes.length + 20];
		Arrays.fill(envelope, (byte) '}');
		System.arraycopy(bytes, 0, envelope, 10, bytes.length);
		assertThat(codec.decode(envelope, 10, bytes.length)).isEqualTo(track(1));
	}

	@Test
	void writesNoTypeForOneType() {
		ValueCodec codec = this.codecs.codecFor("cache 'tracks'", List.of(Track.class));
		assertThat(new String(codec.encode(track(1)))).isEqualTo("\u0010{\"id\":1,\"name\":\"t1\",\"unitPrice\":0.99}");
	}

	@Test
	void writesSubclassAsTheDeclaredType() {
		Customer proxy = new Customer() {
			@SuppressWarnings("unused")
			public Object getHandler() {
				throw new IllegalStateException("secret");
			}
		};
		proxy.setName("Luís");
		Object restored = restored(proxy, Customer.class);
		assertThat(restored).hasSameClassAs(new Customer());
		assertThat(((Customer) restored).getName()).isEqualTo("Luís");
		assertThat((List<?>) restored(List.of(proxy),
				ResolvableType.forClassWithGenerics(List.class, Customer.class).getType()))
			.singleElement()
			.hasSameClassAs(new Customer());
	}

	@Test
	void writesSubclassInsideABeanAsTheDeclaredType() {
		Customer proxy = new Customer() {
			@SuppressWarnings("unused")
			public Object getHandler() {
				throw new IllegalStateException("secret");
			}
		};
		assertThat(((Order) restored(new Order(proxy, Map.of("k", proxy)), Order.class)).customer())
			.hasSameClassAs(new Customer());
	}

	@Test
	void choosesAmongSeveralTypes() {
		ValueCodec codec = this.codecs.codecFor("cache 'shop'",
				List.of(Track.class, Customer.class, String.class, new ParameterizedTypeReference<List<Track>>() {
				}.getType(), Special.class));
		Customer special = new Special();
		for (Object value : List.of(track(1), "text", List.of(track(1)))) {
			assertThat(restored(codec, value)).isEqualTo(value);
		}
		assertThat(restored(codec, special)).hasSameClassAs(special);
		assertThat(restored(codec, new Customer())).hasSameClassAs(new Customer());
		assertThatExceptionOfType(ValueCodecException.class).isThrownBy(() -> codec.encode(1L))
			.withMessageContainingAll("cache 'shop'", "java.lang.Long", Track.class.getName());
	}

	@Test
	void restoresSealedTypes() {
		ValueCodec codec = this.codecs.codecFor("cache 'media'", List.of(Media.class));
		Library library = new Library(new Song("s", 1), List.of(new Film("f"), Silence.INSTANCE),
				Map.of("k", new Song("t", 2)), Optional.of(new Film("g")));
		for (Object value : List.of(new Song("s", 1), new Film("f"), Silence.INSTANCE)) {
			assertThat(restored(codec, value)).isEqualTo(value);
		}
		assertThat(new String(codec.encode(new Film("f")))).contains("[\"Film\",{");
		assertThat(restored(library, Library.class)).isEqualTo(library);
		assertThat(restored(List.of(new Film("f"), new Song("s", 3)), new ParameterizedTypeReference<List<Media>>() {
		}.getType())).isEqualTo(List.of(new Film("f"), new Song("s", 3)));
	}

	@ParameterizedTest
	@MethodSource("untypedValues")
	void restoresUntypedValues(Object value) {
		Object restored = restored(this.codecs.codecFor("cache 'any'", List.of()), value);
		assertThat(restored).isEqualTo(value);
		if (!(value instanceof List || value instanceof Set || value instanceof Map || value instanceof ZoneId)) {
			assertThat(restored).hasSameClassAs(value);
		}
	}

	static List<Object> untypedValues() {
		return List.of("text", true, 'c', (byte) 1, (short) 2, 3, 4L, 1.5f, 1.5, Double.NaN, Float.NEGATIVE_INFINITY,
				Integer.MIN_VALUE, Long.MAX_VALUE, new BigInteger("5"), new BigDecimal("1.00"), new BigDecimal("1E+3"),
				UUID.randomUUID(), new Date(1), Instant.now(), LocalDate.now(), LocalDateTime.now(),
				OffsetDateTime.now(), ZonedDateTime.now(ZoneId.of("Europe/Paris")), YearMonth.now(),
				Duration.ofNanos(1), ZoneOffset.MAX, ZoneId.of("Asia/Tokyo"), new byte[] { 1, 2 }, List.of(), Set.of(),
				Map.of(), List.of(1L, 1, "1", List.of(1.5f)), Arrays.asList(1L, null), Set.of(Set.of(1L), 2),
				Map.of("a", 1L, "b", List.of(Map.of(1L, "x"))), Map.of(1L, "a"), Map.of(1, "a"),
				Map.of(UUID.randomUUID(), 1), Map.of((short) 1, 1), Map.of(true, 1), Map.of((byte) 1, 1),
				Map.of(1.5f, 1, 2.5f, 2), Map.of(0.1, 1), Map.of(LocalDate.now(), 1), Map.of(LocalDateTime.now(), 1),
				Map.of(Instant.now(), 1), Map.of(YearMonth.now(), 1), Map.of(java.time.Year.now(), 1));
	}

	@Test
	void refusesUntypedValuesThatCouldNotBeRestored() {
		ValueCodec codec = this.codecs.codecFor("cache 'any'", List.of());
		for (Object value : List.of(track(1), new ArrayDeque<>(), DayOfWeek.MONDAY, new int[1], new Object(),
				new java.util.concurrent.atomic.AtomicLong(), Map.of(track(1), 1), Map.of(1, 1, 1L, 1))) {
			assertThatExceptionOfType(ValueCodecException.class).isThrownBy(() -> codec.encode(value))
				.withMessageContainingAll("cache 'any'", "redis.codec.allowed-types");
			assertThatExceptionOfType(ValueCodecException.class).isThrownBy(() -> codec.encode(List.of(value)));
		}
	}

	@Test
	void restoresAllowedClasses() {
		ValueCodec codec = new JsonValueCodecs(Set.of(Track.class, DayOfWeek.class), List.of()).codecFor("cache 'any'",
				List.of());
		assertThat(restored(codec, track(1))).isEqualTo(track(1));
		assertThat(restored(codec, Map.of("a", List.of(track(1), DayOfWeek.MONDAY))))
			.isEqualTo(Map.of("a", List.of(track(1), DayOfWeek.MONDAY)));
	}

	@Test
	void restoresOpenTypesAmongAllowedClasses() {
		JsonValueCodecs allowing = new JsonValueCodecs(Set.of(Circle.class), List.of());
		assertThat(restored(allowing.codecFor("cache 'shapes'", List.of(Drawing.class)),
				new Drawing(new Circle(1), 2L, Map.of("k", 1L))))
			.isEqualTo(new Drawing(new Circle(1), 2L, Map.of("k", 1L)));
		assertThatExceptionOfType(ValueCodecException.class)
			.isThrownBy(() -> this.codecs.codecFor("cache 'shapes'", List.of(Drawing.class)))
			.withMessageContainingAll("cache 'shapes'", Shape.class.getName(), "redis.codec.allowed-types");
	}

	@Test
	void refusesSealedTypeOfWhichOneCannotBeRestored() {
		assertThatExceptionOfType(ValueCodecException.class)
			.isThrownBy(() -> this.codecs.codecFor("cache 'broken'", List.of(Broken.class)))
			.withMessageContainingAll("cache 'broken'", Broken.Lost.class.getName());
	}

	@Test
	void refusesTypesThatAValueDoesNotTellApart() {
		assertThatExceptionOfType(ValueCodecException.class)
			.isThrownBy(() -> this.codecs.codecFor("cache 'lists'",
					List.of(ResolvableType.forClassWithGenerics(List.class, Track.class).getType(),
							ResolvableType.forClassWithGenerics(List.class, String.class).getType())))
			.withMessageContainingAll("cache 'lists'", "java.util.List<java.lang.String>", Track.class.getName());
	}

	private Object restored(Object value, Type type) {
		return restored(this.codecs.codecFor("cache 'test'", List.of(type)), value);
	}

	private static Object restored(ValueCodec codec, Object value) {
		byte[] bytes = codec.encode(value);
		return codec.decode(bytes, 0, bytes.length);
	}

	private static Track track(int id) {
		return new Track(id, "t" + id, new BigDecimal("0.99"));
	}

	record Track(int id, String name, BigDecimal unitPrice) {
	}

	record Page<T>(List<T> content, long total) {
	}

	record Everything(int a, long b, short c, byte d, char e, float f, double g, boolean h, BigDecimal i, BigDecimal j,
			BigInteger k, UUID l, Instant m, LocalDate n, ZonedDateTime o, OffsetDateTime p, Duration q, DayOfWeek r,
			Optional<Long> s, Optional<String> t, Date u, String nothing, Map<DayOfWeek, List<Long>> w, Loud x) {

		public String getDerived() {
			return "derived";
		}
	}

	record Order(Customer customer, Map<String, Customer> others) {
	}

	enum Loud {

		SILENT, QUIET {
			@Override
			public String toString() {
				return "SILENT";
			}
		}

	}

	static class Customer {

		private String name;

		private List<String> tags;

		public String getName() {
			return this.name;
		}

		public void setName(String name) {
			this.name = name;
		}

		public List<String> getTags() {
			return this.tags;
		}

		public void setTags(List<String> tags) {
			this.tags = tags;
		}

	}

	static class Special extends Customer {

	}

	sealed interface Media permits Audio, Film, Silence {

	}

	sealed interface Audio extends Media permits Song {

	}

	record Song(String title, int seconds) implements Audio {
	}

	record Film(String title) implements Media {
	}

	enum Silence implements Media {

		INSTANCE

	}

	record Library(Media favourite, List<Media> all, Map<String, Media> byName, Optional<Media> last) {
	}

	sealed interface Broken {

		record Fine(int id) implements Broken {
		}

		final class Lost implements Broken {

			private final int id = Integer.parseInt("1");

			public int getId() {
				return this.id;
			}

		}

	}

	interface Shape {

	}

	record Circle(int radius) implements Shape {
	}

	record Drawing(Shape shape, Object note, Map<String, Object> attributes) {
	}

}
