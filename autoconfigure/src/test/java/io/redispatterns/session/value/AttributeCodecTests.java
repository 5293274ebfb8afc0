package io.redispatterns.session.value;

import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.redispatterns.codec.UnreadableValueException;
import io.redispatterns.codec.json.JsonValueCodecs;
import io.redispatterns.session.Basket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.web.servlet.FlashMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AttributeCodecTests {

	private final AttributeCodec codec = codec("io.redispatterns.session");

	private static AttributeCodec codec(String... allowed) {
		return new AttributeCodec(new JsonValueCodecs(Set.of(), List.of()), new AllowedPackages(List.of(allowed)),
				AttributeCodecTests.class.getClassLoader());
	}

	static Stream<Object> values() {
		return Stream.of("text", 1, 2L, 0.5, true, 'c', new BigDecimal("1.10"), UUID.randomUUID(), Instant.EPOCH,
				LocalDate.of(2026, 2, 1), Duration.ofMinutes(3), ZoneId.of("Europe/Vienna"), Basket.of("Angel"),
				Basket.State.PAID, new Basket.Payment.Invoice("Linz"), List.of(), List.of("a", "b"),
				List.of(Basket.of("a"), Basket.of("b")), List.of("a", 1, List.of(2L, Set.of("x"))),
				Arrays.asList("a", null), Set.of(1, 2), Map.of("a", 1, "b", 2), Map.of(1, Basket.of("a")),
				Map.of("a", List.of(Map.of("b", Basket.State.OPEN))), new TreeMap<>(Map.of("x", "y")));
	}

	@Test
	void anythingAfterTheWordOfAScalarIsAValueOrUnreadable() {
		for (Class<?> scalar : JsonValueCodecs.scalars()) {
			for (String text : List.of("", "null", "-1", "1e999999999", "\"x\"", "\"\"", "[1]", "{}")) {
				byte[] bytes = (scalar.getSimpleName() + " \u0010" + text).getBytes(StandardCharsets.UTF_8);
				try {
					assertThat(this.codec.decode(bytes)).isInstanceOf(scalar);
				}
				catch (UnreadableValueException ex) {
					assertThat(ex).hasNoCause();
				}
			}
		}
	}

	@Test
	void flashWhoseParametersAreNoListsIsUnreadable() {
		byte[] bytes = Parts.of("flash",
				Stream.of("/path", Map.of("a", "x"), 1L, Map.of())
					.map((part) -> this.codec.encode("any", part))
					.toList());
		assertThatExceptionOfType(UnreadableValueException.class).isThrownBy(() -> this.codec.decode(bytes));
	}

	@ParameterizedTest
	@MethodSource("values")
	void restoresValue(Object value) {
		assertThat(this.codec.decode(this.codec.encode("any", value))).isEqualTo(value);
	}

	@Test
	void restoresBytes() {
		byte[] bytes = { 0, -1, 5 };
		assertThat(this.codec.decode(this.codec.encode("any", bytes))).isEqualTo(bytes);
	}

	@Test
	void writesOneClassOnceForAWholeList() {
		byte[] bytes = this.codec.encode("any", List.of(Basket.State.OPEN, Basket.State.PAID));
		assertThat(new String(bytes, StandardCharsets.UTF_8))
			.isEqualTo("list<io.redispatterns.session.Basket$State> \u0010[\"OPEN\",\"PAID\"]");
	}

	@Test
	void restoresSecurityContext() {
		var user = User.withUsername("alice").password("secret").authorities("ROLE_ADMIN").build();
		var context = new SecurityContextImpl(
				UsernamePasswordAuthenticationToken.authenticated(user, null, user.getAuthorities()));
		assertThat(this.codec.decode(this.codec.encode("SPRING_SECURITY_CONTEXT", context))).isEqualTo(context);
		var token = new DefaultCsrfToken("header", "parameter", "token");
		assertThat(this.codec.decode(this.codec.encode("csrf", token))).usingRecursiveComparison().isEqualTo(token);
	}

	@Test
	void restoresPrincipalOfTheApplicationAndNoOther() {
		var context = new SecurityContextImpl(UsernamePasswordAuthenticationToken
			.authenticated(new Customer("alice", 7), null, AuthorityUtils.createAuthorityList("ROLE_USER")));
		assertThat(this.codec.decode(this.codec.encode("any", context))).isEqualTo(context);
		assertThatExceptionOfType(UnstorableAttributeException.class)
			.isThrownBy(() -> codec("com.acme").encode("SPRING_SECURITY_CONTEXT", context))
			.withMessageContaining("SPRING_SECURITY_CONTEXT");
	}

	@Test
	void restoresFlashAttributes() {
		FlashMap flash = new FlashMap();
		flash.put("message", "saved");
		flash.setTargetRequestPath("/orders");
		flash.addTargetRequestParam("id", "7");
		flash.setExpirationTime(123456789);
		List<FlashMap> flashes = new CopyOnWriteArrayList<>(List.of(flash));
		assertThat(this.codec.decode(this.codec.encode("flash", flashes))).isEqualTo(new ArrayList<>(flashes));
	}

	static Stream<Object> refused() {
		return Stream.of(new StringBuilder("x"), Locale.CANADA, new Thread(), new Serializable() {
		}, List.of("a", new StringBuilder("x")), new java.util.concurrent.atomic.AtomicLong(), new int[] { 1 },
				new java.sql.Timestamp(1));
	}

	@ParameterizedTest
	@MethodSource("refused")
	void refusesTypeOutsideTheListAndNamesTheAttribute(Object value) {
		assertThatExceptionOfType(UnstorableAttributeException.class)
			.isThrownBy(() -> codec("com").encode("odd", value))
			.withMessageStartingWith("Session attribute 'odd' cannot be stored")
			.withMessageContaining("redis.session.allowed-packages");
	}

	@Test
	void refusesWhatContainsItself() {
		List<Object> list = new ArrayList<>(List.of("x"));
		list.add(list);
		assertThatExceptionOfType(UnstorableAttributeException.class).isThrownBy(() -> this.codec.encode("odd", list));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "null ", "String ", "String \u0010{", "list 12345",
			"list \u0000\u0000\u0000\u0009x", "list<String \u0010[]", "list<list<String>> \u0010[]",
			"no.such.Type \u0010{}", "io.redispatterns.session.NoSuch \u0010{}",
			"io.redispatterns.session.Basket \u0010[1]", "io.redispatterns.session.Basket$Payment \u0010{}",
			"flash \u0000\u0000\u0000\u0001x", "security {}", "security [\"java.util.ArrayList\",[]]" })
	void unreadableBytesAreNoValue(String text) {
		assertThatExceptionOfType(UnreadableValueException.class)
			.isThrownBy(() -> this.codec.decode(text.getBytes(StandardCharsets.UTF_8)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "%s \u0010{}", "list<%s> \u0010[{}]", "map<%s> \u0010{\"a\":{}}",
			"security {\"@class\":\"%s\"}", "security [\"%s\",{}]", "security [\"java.util.ArrayList\",[[\"%s\",{}]]]",
			"security {\"@class\":\"java.util.HashMap<java.lang.String,%s>\"}",
			"security [\"java.util.ArrayList<%s>\",[{}]]",
			"security {\"@class\":\"org.springframework.security.core.context.SecurityContextImpl\",\"authentication\":{\"@class\":\"%s\"}}" })
	void neverLoadsClassThatTheDataNames(String text) {
		byte[] bytes = text.formatted("io.redispatterns.canary.SessionCanary").getBytes(StandardCharsets.UTF_8);
		assertThatExceptionOfType(UnreadableValueException.class).isThrownBy(() -> this.codec.decode(bytes));
		assertThat(System.getProperty("session.canary")).isNull();
	}

	@Test
	void readsWhatOlderAndNewerClassesWrote() {
		byte[] newer = "io.redispatterns.session.Basket$Line \u0010{\"title\":\"a\",\"price\":0.99,\"added\":true}"
			.getBytes(StandardCharsets.UTF_8);
		assertThat(this.codec.decode(newer)).isEqualTo(new Basket.Line("a", new BigDecimal("0.99")));
	}

	public record Customer(String name, int id) implements java.security.Principal {

		@Override
		public String getName() {
			return this.name;
		}

	}

}
