package io.redispatterns.codec.json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.redispatterns.codec.UnreadableValueException;
import io.redispatterns.codec.ValueCodec;
import io.redispatterns.codec.ValueCodecException;
import org.junit.jupiter.api.Test;

import org.springframework.core.ResolvableType;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HostileBytesTests {

	private static final int FUZZ_INPUTS = 100_000;

	private final JsonValueCodecs codecs = new JsonValueCodecs(Set.of(), List.of());

	private final Type tracks = ResolvableType.forClassWithGenerics(List.class, Track.class).getType();

	private final List<ValueCodec> kinds = List.of(codec(Track.class), codec(String.class), codec(Media.class),
			codec(this.tracks), codec(Track.class, String.class, this.tracks), codec(), codec(Bean.class),
			new JsonValueCodecs(Set.of(Track.class), List.of()).codecFor("cache 'allowing'", List.of()),
			this.codecs.codecFor("cache 'small'", List.of(Track.class, this.tracks), DataSize.ofBytes(10),
					DataSize.ofMegabytes(1)));

	@Test
	void neverInstantiatesWhatTheDataNames() throws IOException {
		String name = Canary.class.getName();
		List<byte[]> attacks = new ArrayList<>();
		for (String body : List.of("{\"@class\":\"%s\",\"name\":\"x\"}", "[\"%s\",{\"name\":\"x\"}]",
				"{\"%s\":{\"name\":\"x\"}}", "{\"@type\":\"%s\",\"id\":1,\"name\":\"x\",\"unitPrice\":1}",
				"[\"list\",[[\"%s\",{\"name\":\"x\"}]]]", "[\"map\",{\"k\":[\"%s\",{}]}]", "\"%s\"", "[\"%s\"]",
				"[[\"%s\",{}]]", "[\"java.lang.Class\",\"%s\"]", "[\"Song\",[\"%s\",{}]]")) {
			String json = body.formatted(name);
			attacks.add(json.getBytes(StandardCharsets.UTF_8));
			attacks.add(("\u0010" + json).getBytes(StandardCharsets.UTF_8));
			attacks.add(("\u0012" + (char) 0 + (char) name.length() + name + json).getBytes(StandardCharsets.UTF_8));
			attacks.add(deflated(("\0" + json).getBytes(StandardCharsets.UTF_8)));
		}
		ByteArrayOutputStream jdk = new ByteArrayOutputStream();
		new ObjectOutputStream(jdk).writeObject(new Canary());
		attacks.add(jdk.toByteArray());
		Canary.touched.set(0);
		for (ValueCodec kind : this.kinds) {
			for (byte[] attack : attacks) {
				decodedOrUnreadable(kind, attack);
			}
		}
		assertThat(Canary.touched).hasValue(0);
	}

	@Test
	void refusesTypesChosenByClassName() {
		assertThatExceptionOfType(ValueCodecException.class).isThrownBy(() -> codec(NamedByClass.class));
		assertThatExceptionOfType(ValueCodecException.class)
			.isThrownBy(() -> codec(ResolvableType.forClassWithGenerics(List.class, NamedByClass.class).getType()));
		ValueCodec allowing = new JsonValueCodecs(Set.of(Chosen.class), List.of()).codecFor("cache 'named'",
				List.of(NamedByClass.class));
		byte[] bytes = allowing.encode(new Chosen(1));
		assertThat(allowing.decode(bytes, 0, bytes.length)).isEqualTo(new Chosen(1));
		byte[] attack = new String(bytes).replace("Chosen", "Denied").getBytes();
		assertThatExceptionOfType(UnreadableValueException.class)
			.isThrownBy(() -> allowing.decode(attack, 0, attack.length));
	}

	@Test
	void refusesClassValues() {
		assertThatExceptionOfType(ValueCodecException.class).isThrownBy(() -> codec(Class.class));
		assertThatExceptionOfType(ValueCodecException.class).isThrownBy(() -> codec(HoldsClass.class))
			.withMessageContaining("java.lang.Class");
		assertThatExceptionOfType(ValueCodecException.class).isThrownBy(
				() -> codec(ResolvableType.forClassWithGenerics(Map.class, Class.class, String.class).getType()));
	}

	@Test
	void survivesParserBombs() {
		byte[] nesting = "[".repeat(200_000).getBytes();
		byte[] objects = "{\"a\":".repeat(200_000).getBytes();
		byte[] string = ("\"" + "a".repeat(100_000_000) + "\"").getBytes();
		byte[] number = "9".repeat(900_000).getBytes();
		byte[] exponent = "1e999999999".getBytes();
		byte[] idNumber = ("{\"id\":" + "9".repeat(900_000) + "}").getBytes();
		for (byte[] bomb : List.of(nesting, objects, string, number, exponent, idNumber)) {
			byte[] plain = withMark(0x10, bomb);
			for (ValueCodec kind : this.kinds) {
				assertThat(quickly(() -> decodedOrUnreadable(kind, plain))).isLessThan(Duration.ofSeconds(10));
			}
		}
	}

	@Test
	void survivesZipBombs() {
		for (byte[] bomb : List.of("a".repeat(20_000_000), " ".repeat(20_000_000), "\"" + "a".repeat(20_000_000) + "\"")
			.stream()
			.map((text) -> withMark(0x11, deflated(text.getBytes())))
			.toList()) {
			assertThat(bomb).hasSizeLessThan(500_000);
			for (ValueCodec kind : this.kinds) {
				assertThat(quickly(() -> assertUnreadable(kind, bomb))).isLessThan(Duration.ofSeconds(10));
			}
		}
	}

	@Test
	void refusesTrailingBytes() {
		for (ValueCodec codec : List.of(codec(Track.class), codec(Track.class, String.class), this.codecs
			.codecFor("cache 'small'", List.of(Track.class), DataSize.ofBytes(10), DataSize.ofMegabytes(1)))) {
			byte[] bytes = codec.encode(track(40));
			for (String suffix : List.of("x", "{}", "\0", "1")) {
				byte[] longer = Arrays.copyOf(bytes, bytes.length + suffix.length());
				System.arraycopy(suffix.getBytes(), 0, longer, bytes.length, suffix.length());
				assertUnreadable(codec, longer);
			}
		}
	}

	@Test
	void saysNothingOfTheBytes() {
		byte[] bytes = withMark(0x10, "{\"id\":1,\"name\":\"s3cret\",\"unitPrice\":\"s3cret\"} s3cret".getBytes());
		assertThatExceptionOfType(UnreadableValueException.class)
			.isThrownBy(() -> codec(Track.class).decode(bytes, 0, bytes.length))
			.withMessageContainingAll("test", "byte", String.valueOf(bytes.length))
			.withNoCause()
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("s3cret"));
	}

	@Test
	void saysNothingOfAValueThatCannotBeWritten() {
		Bean bean = new Bean() {
			@Override
			public String getName() {
				throw new IllegalStateException("s3cret");
			}
		};
		assertThatExceptionOfType(ValueCodecException.class).isThrownBy(() -> codec(Bean.class).encode(bean))
			.withNoCause()
			.withMessageContaining(Bean.class.getName())
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("s3cret"));
	}

	@Test
	void readsRandomAndDamagedBytesAsValuesOrNotAtAll() {
		long seed = System.nanoTime();
		System.out.println("HostileBytesTests seed " + seed);
		Random random = new Random(seed);
		List<Object> values = List.of(track(3), "text", new Song("s"), List.of(track(1), track(20)), List.of(track(2)),
				Map.of("k", List.of(1L, 2.5f)), bean("n"), Map.of(1L, track(1)), track(30));
		List<byte[]> valid = new ArrayList<>();
		for (int i = 0; i < this.kinds.size(); i++) {
			valid.add(this.kinds.get(i).encode(values.get(i)));
		}
		for (int i = 0; i < FUZZ_INPUTS; i++) {
			int kind = random.nextInt(this.kinds.size());
			byte[] bytes = (random.nextInt(4) == 0) ? random(random) : damaged(valid.get(kind), random);
			Object value = decodedOrUnreadable(this.kinds.get(kind), bytes);
			if (value != null && kind < 7) {
				assertThat(this.kinds.get(kind).encode(value)).as("seed %s", seed).isNotEmpty();
			}
		}
	}

	private static byte[] random(Random random) {
		byte[] bytes = new byte[random.nextInt(64)];
		random.nextBytes(bytes);
		if (bytes.length > 0 && random.nextBoolean()) {
			bytes[0] = (byte) (0x10 + random.nextInt(4));
		}
		return bytes;
	}

	private static byte[] damaged(byte[] valid, Random random) {
		byte[] bytes = (random.nextInt(3) == 0) ? Arrays.copyOf(valid, random.nextInt(valid.length + 8))
				: valid.clone();
		for (int flips = random.nextInt(4); flips > 0 && bytes.length > 0; flips--) {
			bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
		}
		return bytes;
	}

	private static Object decodedOrUnreadable(ValueCodec codec, byte[] bytes) {
		try {
			return codec.decode(bytes, 0, bytes.length);
		}
		catch (UnreadableValueException ex) {
			return null;
		}
	}

	private static void assertUnreadable(ValueCodec codec, byte[] bytes) {
		assertThatExceptionOfType(UnreadableValueException.class)
			.isThrownBy(() -> codec.decode(bytes, 0, bytes.length));
	}

	private static Duration quickly(Runnable action) {
		long start = System.nanoTime();
		action.run();
		return Duration.ofNanos(System.nanoTime() - start);
	}

	private ValueCodec codec(Type... types) {
		return this.codecs.codecFor("cache 'test'", List.of(types));
	}

	private static byte[] withMark(int mark, byte[] bytes) {
		byte[] marked = new byte[bytes.length + 1];
		marked[0] = (byte) mark;
		System.arraycopy(bytes, 0, marked, 1, bytes.length);
		return marked;
	}

	private static byte[] deflated(byte[] bytes) {
		Deflater deflater = new Deflater();
		deflater.setInput(bytes);
		deflater.finish();
		byte[] buffer = new byte[bytes.length / 100 + 1000];
		int count = deflater.deflate(buffer);
		deflater.end();
		return Arrays.copyOf(buffer, count);
	}

	private static Track track(int length) {
		return new Track(length, "abc".repeat(length), new BigDecimal("0.99"));
	}

	private static Bean bean(String name) {
		Bean bean = new Bean();
		bean.setName(name);
		return bean;
	}

	record Track(int id, String name, BigDecimal unitPrice) {
	}

	sealed interface Media {

	}

	record Song(String title) implements Media {
	}

	record HoldsClass(Class<?> type) {
	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
	interface NamedByClass {

	}

	record Chosen(int id) implements NamedByClass {
	}

	record Denied(int id) implements NamedByClass {
	}

	static class Bean {

		private String name;

		public String getName() {
			return this.name;
		}

		public void setName(String name) {
			this.name = name;
		}

	}

	static class Canary implements Serializable {

		static final AtomicInteger touched = new AtomicInteger();

		Canary() {
			touched.incrementAndGet();
		}

		Canary(String text) {
			touched.incrementAndGet();
		}

		public void setName(String name) {
			touched.incrementAndGet();
		}

		private void readObject(ObjectInputStream in) {
			touched.incrementAndGet();
		}

	}

}
