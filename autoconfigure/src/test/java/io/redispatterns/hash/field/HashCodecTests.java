package io.redispatterns.hash.field;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.redispatterns.codec.ValueCodecException;
import io.redispatterns.codec.json.JsonValueCodecs;
import io.redispatterns.hash.Track;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class HashCodecTests {

	private final JsonValueCodecs codecs = new JsonValueCodecs(List.of(), List.of());

	@Test
	void writesEachPropertyAsPlainJson() {
		assertThat(codec(Track.class).encode(Track.SONG)).hasEntrySatisfying("plays", is("7"))
			.hasEntrySatisfying("unitPrice", is("0.99"))
			.hasEntrySatisfying("name", is("\"Größe \\\"{a:b}\\\\\""))
			.hasEntrySatisfying("genres", is("[\"Rock\",\"Jazz, Funk\"]"))
			.hasEntrySatisfying("composer", is("null"))
			.hasSize(6);
	}

	@Test
	void writesAPropertyAloneAsWithinItsObject() {
		HashCodec codec = codec(Track.class);
		codec.encode(Track.SONG).forEach((name, json) -> {
			Object value = codec.property(name).of(Track.SONG);
			assertThat(codec.property(name).encode(value)).as(name).isEqualTo(json);
			assertThat(codec.property(name).decode(json)).as(name).isEqualTo(value);
		});
	}

	@Test
	void goesByTheNamesAndAnnotationsOfJackson() {
		HashCodec codec = codec(Annotated.class);
		Annotated value = new Annotated(1, LocalDate.of(2026, 2, 1));
		assertThat(codec.names()).containsExactlyInAnyOrder("other", "formatted");
		assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
		assertThat(codec.property("other").type()).isEqualTo(Integer.class);
		assertThatIllegalArgumentException().isThrownBy(() -> codec.property("formatted"))
			.withMessageContaining("annotations that change the JSON");
		assertThatIllegalArgumentException().isThrownBy(() -> codec.property("named"));
	}

	@Test
	void tellsShapesApart() {
		assertThat(codec(Track.class).shape()).isEqualTo(codec(Track.class).shape())
			.matches("[0-9a-f]{8}")
			.isNotEqualTo(codec(Annotated.class).shape());
		assertThat(codec(One.class).shape()).isEqualTo(codec(Same.class).shape())
			.isNotEqualTo(codec(OtherType.class).shape());
	}

	@Test
	void refusesObjectWhosePropertiesAreNotItsMembers() {
		HashCodec codec = codec(Open.class);
		assertThatExceptionOfType(ValueCodecException.class).isThrownBy(() -> codec.encode(new Open()))
			.withMessageContaining("its JSON has the members [a, more] instead of [a]");
	}

	private static Consumer<byte[]> is(String json) {
		return (bytes) -> assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(json);
	}

	private HashCodec codec(Class<?> type) {
		return new HashCodec(this.codecs, "hash store 'test'", type, DataSize.ofMegabytes(1));
	}

	record Annotated(@JsonProperty("other") int named, @JsonFormat(pattern = "dd.MM.yyyy") LocalDate formatted) {

		@JsonIgnore
		public Map<String, String> getIgnored() {
			return Map.of();
		}

	}

	record One(int a, String b) {

	}

	record Same(String b, int a) {

	}

	record OtherType(String b, long a) {

	}

	static class Open {

		public int a;

		@JsonAnyGetter
		public Map<String, Integer> more() {
			return Map.of("more", 1);
		}

		@JsonAnySetter
		public void more(String name, Integer value) {
		}

	}

}
