package io.redispatterns.codec.json;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIdentityInfo;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.ObjectIdGenerators;
import io.redispatterns.codec.UnreadableValueException;
import io.redispatterns.codec.ValueCodec;
import io.redispatterns.codec.ValueCodecException;
import org.junit.jupiter.api.Test;

import org.springframework.core.ResolvableType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SchemaChangeTests {

	private final JsonValueCodecs codecs = new JsonValueCodecs(Set.of(), List.of());

	@Test
	void ignoresComponentThatAnotherVersionAdded() {
		assertThat(transferred(new Added(1, "a", true), One.class)).isEqualTo(new One(1, "a"));
	}

	@Test
	void doesNotGuessComponentThatIsAbsent() {
		assertUnreadable(new One(1, "a"), Added.class);
		assertUnreadable(new One(1, "a"), Renamed.class);
		assertUnreadable(new One(1, "a"), Nested.class);
	}

	@Test
	void restoresNullOfPresentComponent() {
		assertThat(transferred(new One(1, null), One.class)).isEqualTo(new One(1, null));
	}

	@Test
	void doesNotConvertComponentThatChangedItsType() {
		assertUnreadable(new One(1, "2"), Swapped.class);
		assertUnreadable(new Swapped("1", 2), One.class);
		assertUnreadable(new Wide(1L << 40), Narrow.class);
		assertUnreadable(new Fraction(1.5), Narrow.class);
		assertUnreadable(new Text("1"), Narrow.class);
		assertUnreadable(new Text(""), Narrow.class);
		assertUnreadable(new Text("true"), Flag.class);
		assertUnreadable(new Flag(true), Text.class);
		assertUnreadable(new Narrow(1), Text.class);
		assertUnreadable(new Narrow(1), Flag.class);
		assertUnreadable(new Text("x"), Moment.class);
		assertUnreadable(new Narrow(1), Chosen.class);
		assertUnreadable(new Text(""), Chosen.class);
		assertUnreadable(new Fraction(1.5), Text.class);
		assertUnreadable(new Boxed(null), Narrow.class);
	}

	@Test
	void readsWiderType() {
		assertThat(transferred(new Narrow(1), Wide.class)).isEqualTo(new Wide(1));
		assertThat(transferred(new Narrow(1), Fraction.class)).isEqualTo(new Fraction(1));
		assertThat(transferred(new Narrow(1), Money.class)).isEqualTo(new Money(new BigDecimal("1")));
	}

	@Test
	void doesNotReadUnknownEnumValue() {
		assertUnreadable(new NewChoice(NewColour.BLUE), Chosen.class);
		assertThat(transferred(new NewChoice(NewColour.RED), Chosen.class)).isEqualTo(new Chosen(Colour.RED));
	}

	@Test
	void doesNotReadUnknownSubtype() {
		ValueCodec codec = this.codecs.codecFor("cache 'shapes'", List.of(Shape.class));
		assertUnreadable(codec, "\u0010[\"Triangle\",{\"radius\":1}]");
		assertUnreadable(codec, "\u0010{\"radius\":1}");
	}

	@Test
	void readsRecordThatBecameClassAndBack() {
		Bean bean = (Bean) transferred(new One(1, "a"), Bean.class);
		assertThat(bean).usingRecursiveComparison().isEqualTo(bean(1, "a"));
		assertThat(transferred(bean(1, null), One.class)).isEqualTo(new One(1, null));
	}

	@Test
	void doesNotGuessBeanPropertyThatIsAbsent() {
		assertUnreadable(bean(1, "a"), BiggerBean.class);
		assertUnreadable(new Narrow(1), Bean.class);
		assertThat(transferred(new BiggerBean(), Bean.class)).usingRecursiveComparison().isEqualTo(bean(0, null));
	}

	@Test
	void doesNotGuessBeanPropertyBesideAConstructor() {
		Mixed mixed = new Mixed(1);
		mixed.setName("a");
		assertThat(transferred(mixed, Mixed.class)).usingRecursiveComparison().isEqualTo(mixed);
		assertUnreadable(new One(1, "a"), Mixed.class);
	}

	@Test
	void restoresBeansWithAnnotations() {
		Annotated annotated = new Annotated();
		annotated.setSecret("s");
		annotated.setAt(Instant.ofEpochSecond(5));
		annotated.setIgnored("i");
		Annotated restored = (Annotated) transferred(annotated, Annotated.class);
		assertThat(restored.at).isEqualTo(annotated.at);
		assertThat(restored.secret).isNull();
		assertThat(restored.ignored).isNull();
		assertThat(new String(this.codecs.codecFor("cache 'a'", List.of(Annotated.class)).encode(annotated)))
			.isEqualTo("\u0010{\"moment\":5000}");
	}

	@Test
	void restoresReferencesAmongBeans() {
		Node node = new Node();
		node.setNext(node);
		Node restored = (Node) transferred(node, Node.class);
		assertThat(restored.getNext()).isSameAs(restored);
	}

	@Test
	void restoresImmutableClass() {
		assertThat(transferred(new Point(1, 2), Point.class)).usingRecursiveComparison().isEqualTo(new Point(1, 2));
	}

	@Test
	void writesNullsWhateverTheInclusion() {
		assertThat(transferred(new Sparse(null, Optional.empty(), List.of(), 0), Sparse.class))
			.isEqualTo(new Sparse(null, Optional.empty(), List.of(), 0));
	}

	@Test
	void refusesStateThatIsNotWritten() {
		for (Class<?> type : List.of(Hidden.class, WriteOnly.class, Partial.class)) {
			assertThatExceptionOfType(ValueCodecException.class)
				.isThrownBy(() -> this.codecs.codecFor("cache 'hidden'", List.of(type)))
				.withMessageContainingAll("cache 'hidden'", "'id'", type.getName(), "getter");
		}
	}

	@Test
	void refusesStateThatCannotBeRestored() {
		assertThatExceptionOfType(ValueCodecException.class)
			.isThrownBy(() -> this.codecs.codecFor("cache 'lost'", List.of(Lost.class)))
			.withMessageContainingAll("cache 'lost'", "'name'", Lost.class.getName(), "@JsonIgnore");
		assertThatExceptionOfType(ValueCodecException.class).isThrownBy(() -> this.codecs.codecFor("cache 'lost'",
				List.of(ResolvableType.forClassWithGenerics(Map.class, String.class, Lost.class).getType())));
	}

	@Test
	void refusesClassWithoutConstructor() {
		assertThatExceptionOfType(ValueCodecException.class)
			.isThrownBy(() -> this.codecs.codecFor("cache 'x'", List.of(NoConstructor.class)))
			.withMessageContainingAll("cache 'x'", NoConstructor.class.getName());
	}

	private Object transferred(Object value, Class<?> type) {
		byte[] bytes = this.codecs.codecFor("cache 'old'", List.of(value.getClass())).encode(value);
		return this.codecs.codecFor("cache 'new'", List.of(type)).decode(bytes, 0, bytes.length);
	}

	private void assertUnreadable(Object value, Class<?> type) {
		byte[] bytes = this.codecs.codecFor("cache 'old'", List.of(value.getClass())).encode(value);
		assertUnreadable(this.codecs.codecFor("cache 'new'", List.of(type)), new String(bytes));
	}

	private static void assertUnreadable(ValueCodec codec, String bytes) {
		assertThatExceptionOfType(UnreadableValueException.class)
			.isThrownBy(() -> codec.decode(bytes.getBytes(), 0, bytes.length()));
	}

	private static Bean bean(int id, String name) {
		Bean bean = new Bean();
		bean.id = id;
		bean.setName(name);
		return bean;
	}

	@JsonInclude(JsonInclude.Include.NON_EMPTY)
	record Sparse(String a, Optional<String> b, List<String> c, @JsonInclude(JsonInclude.Include.NON_DEFAULT) int d) {
	}

	record Partial(@JsonIgnore int id, String name) {
	}

	record WriteOnly(@JsonProperty(access = JsonProperty.Access.WRITE_ONLY) int id) {
	}

	record One(int id, String name) {
	}

	record Added(int id, String name, boolean active) {
	}

	record Renamed(int id, String title) {
	}

	record Nested(int id, String name, One one) {
	}

	record Swapped(String id, int name) {
	}

	record Narrow(int id) {
	}

	record Boxed(Integer id) {
	}

	record Wide(long id) {
	}

	record Fraction(double id) {
	}

	record Money(BigDecimal id) {
	}

	record Text(String id) {
	}

	record Flag(boolean id) {
	}

	record Moment(Instant id) {
	}

	record Chosen(Colour id) {
	}

	record NewChoice(NewColour id) {
	}

	enum Colour {

		RED

	}

	enum NewColour {

		RED, BLUE

	}

	sealed interface Shape {

		record Circle(int radius) implements Shape {
		}

	}

	static class Bean {

		public int id;

		private String name;

		public String getName() {
			return this.name;
		}

		public void setName(String name) {
			this.name = name;
		}

		public String getDerived() {
			return this.name + this.id;
		}

	}

	static class BiggerBean extends Bean {

		private List<String> tags = List.of("default");

		public List<String> getTags() {
			return this.tags;
		}

		public void setTags(List<String> tags) {
			this.tags = tags;
		}

	}

	static class Mixed {

		private final int id;

		private String name;

		private boolean active;

		@JsonCreator
		Mixed(@JsonProperty("id") int id) {
			this.id = id;
		}

		public int getId() {
			return this.id;
		}

		public String getName() {
			return this.name;
		}

		public void setName(String name) {
			this.name = name;
		}

		public boolean isActive() {
			return this.active;
		}

		public void setActive(boolean active) {
			this.active = active;
		}

	}

	static class Annotated {

		private Instant at;

		private String secret;

		private String ignored;

		@JsonProperty("moment")
		@JsonFormat(shape = JsonFormat.Shape.NUMBER, without = JsonFormat.Feature.WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS)
		public Instant getAt() {
			return this.at;
		}

		@JsonFormat(without = JsonFormat.Feature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS)
		public void setAt(Instant at) {
			this.at = at;
		}

		@JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
		public String getSecret() {
			return this.secret;
		}

		public void setSecret(String secret) {
			this.secret = secret;
		}

		@JsonIgnore
		public String getIgnored() {
			return this.ignored;
		}

		public void setIgnored(String ignored) {
			this.ignored = ignored;
		}

	}

	@JsonIdentityInfo(generator = ObjectIdGenerators.IntSequenceGenerator.class)
	static class Node {

		private Node next;

		public Node getNext() {
			return this.next;
		}

		public void setNext(Node next) {
			this.next = next;
		}

	}

	static class Point {

		private final int x;

		private final int y;

		public Point(int x, int y) {
			this.x = x;
			this.y = y;
		}

		public int getX() {
			return this.x;
		}

		public int getY() {
			return this.y;
		}

	}

	static class Hidden {

		private final int id;

		public Hidden(int id) {
			this.id = id;
		}

		public boolean matches(int other) {
			return other == this.id;
		}

	}

	static class Lost {

		private final String name = String.valueOf(1);

		public String getName() {
			return this.name;
		}

	}

	static class NoConstructor {

		private final String name;

		NoConstructor(String first, String last) {
			this.name = first + last;
		}

		NoConstructor(String name) {
			this.name = name;
		}

		public String getName() {
			return this.name;
		}

	}

}
