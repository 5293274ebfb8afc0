package io.redispatterns.redis.key;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;

import io.lettuce.core.cluster.SlotHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.cache.interceptor.SimpleKey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link KeySpace} and {@link Keys}.
 */
class KeySpaceTests {

	private final KeySpace space = KeySpace.of("shop");

	private final Keys tracks = this.space.named("tracks");

	@ParameterizedTest
	@ValueSource(strings = { "a", "shop", "Shop-2.eu_west", "-",
			"0123456789012345678901234567890123456789012345678901234567890123" })
	void acceptsNamespace(String namespace) {
		assertThat(KeySpace.of(namespace).namespace()).isEqualTo(namespace);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a:b", "a b", "{a}", "é", "a\n",
			"01234567890123456789012345678901234567890123456789012345678901234" })
	void refusesNamespaceOfAnotherForm(String namespace) {
		assertThatIllegalArgumentException().isThrownBy(() -> KeySpace.of(namespace))
			.withMessageStartingWith(
					"'redis.namespace' must consist of 1 to 64 letters, digits, '.', '_' or '-' but was '");
	}

	@Test
	void keepsRefusedNamespaceOnOneShortLine() {
		assertThatIllegalArgumentException().isThrownBy(() -> KeySpace.of("a\r\nFAKE" + "x".repeat(1000)))
			.satisfies((ex) -> assertThat(ex.getMessage()).contains("'a\\u000d\\u000aFAKExxx")
				.endsWith("x...'")
				.hasSizeLessThan(200));
	}

	@Test
	void writesTheLayout() {
		assertThat(text(this.tracks.key(1))).isEqualTo("shop:tracks:{i1}");
		assertThat(text(this.tracks.key(1, "l"))).isEqualTo("shop:tracks:{i1}:l");
		assertThat(text(this.tracks.generation())).isEqualTo("shop:tracks:~g");
		assertThat(text(this.tracks.tag("album:1"))).isEqualTo("shop:tracks:~t:album:1");
		assertThat(this.tracks.prefix()).isEqualTo("shop:tracks:");
	}

	@Test
	void writesTextOfKindAsItIs() {
		Keys locks = this.space.kind("lock");
		assertThat(text(locks.key("report:2026"))).isEqualTo("shop:lock:{report:2026}");
		assertThat(text(locks.key("naïve"))).isEqualTo("shop:lock:{naïve}");
		assertThat(text(locks.key("s"))).isEqualTo("shop:lock:{s}");
		assertThat(text(locks.key(""))).isEqualTo("shop:lock:{(s)}");
		assertThat(text(locks.key(-42L))).isEqualTo("shop:lock:{(l-42)}");
		assertThat(text(locks.key("(l-42)"))).isEqualTo("shop:lock:{%28l-42%29}");
		assertThat(text(locks.key(List.of("a")))).isEqualTo("shop:lock:{(list(sa))}");
		assertThat(text(locks.key(new HashSet<>(List.of("a"))))).isEqualTo("shop:lock:{(set(sa))}");
		assertThat(text(locks.key("x".repeat(300)))).startsWith("shop:lock:{(h")
			.hasSize("shop:lock:{(h)}".length() + 43);
	}

	@Test
	void writesCacheNamedLikeKindWithEscape() {
		assertThat(text(this.space.named("lock").key("a"))).isEqualTo("shop:%6Cock:{sa}");
		assertThat(text(this.space.named("%6Cock").key("a"))).isEqualTo("shop:%256Cock:{sa}");
		assertThat(text(this.space.named("locks").key("a"))).isEqualTo("shop:locks:{sa}");
	}

	@Test
	void refusesKindThatCacheNamesMayTake() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.space.kind("tracks"))
			.withMessageStartingWith("'kind' must be one of [board, hash, ")
			.withMessageEndingWith("] but was 'tracks'");
	}

	@Test
	void escapesNamesSuffixesAndTags() {
		assertThat(text(this.space.named("a::b ~{x}").generation())).isEqualTo("shop:a%3A%3Ab%20%7E%7Bx%7D:~g");
		assertThat(text(this.space.named("").generation())).isEqualTo("shop:(s):~g");
		assertThat(text(this.space.named("n".repeat(1000)).generation())).startsWith("shop:(h").hasSize(54);
		assertThat(text(this.tracks.key(1, "a:b"))).isEqualTo("shop:tracks:{i1}:a%3Ab");
		assertThat(text(this.tracks.tag("a{b}\n"))).isEqualTo("shop:tracks:~t:a%7Bb%7D%0A");
		assertThat(text(this.tracks.tag(""))).isEqualTo("shop:tracks:~t:(s)");
	}

	@Test
	void separatesWhatStockKeysConfuse() {
		assertThat(this.tracks.key(new SimpleKey("alice", "1, 2")))
			.isNotEqualTo(this.tracks.key(new SimpleKey("alice, 1", "2")));
		assertThat(this.space.named("a").key("b::c")).isNotEqualTo(this.space.named("a::b").key("c"));
		assertThat(this.tracks.key(1)).isNotEqualTo(this.tracks.key("1")).isNotEqualTo(this.tracks.key(1L));
		assertThat(this.space.named("use*").prefix()).isEqualTo("shop:use%2A:");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a", "}", "{", "{}", "}{", "{a}b", "a{b", "\r\n", "é", "\uD800", "lock:{x}" })
	void keepsCompanionsInOneSlot(String argument) {
		for (Keys keys : List.of(this.tracks, this.space.named("{other}"), this.space.kind("lock"))) {
			byte[] key = keys.key(argument);
			byte[] tag = text(key).substring(text(key).indexOf('{') + 1, text(key).indexOf('}'))
				.getBytes(StandardCharsets.UTF_8);
			assertThat(SlotHash.getSlot(key)).isEqualTo(SlotHash.getSlot(tag))
				.isEqualTo(SlotHash.getSlot(keys.key(argument, "l")))
				.isEqualTo(SlotHash.getSlot(keys.key(argument, "f")))
				.isEqualTo(SlotHash.getSlot(keys.key(argument, "{x}")));
			assertThat(keys.key(argument, "l")).isEqualTo(Keys.beside(key, "l"));
		}
	}

	@Test
	void namesOfAKindShareNoKeyWithEachOtherOrWithACache() {
		KeySpace space = KeySpace.of("shop");
		assertThat(List.of(space.kind("hash", "tracks"), space.kind("hash", "a:b"), space.kind("hash", ""),
				space.kind("hash"), space.named("hash"), space.named("hash:tracks")))
			.extracting((keys) -> new String(keys.key("1", "l"), StandardCharsets.UTF_8))
			.containsExactly("shop:hash:tracks:{s1}:l", "shop:hash:a%3Ab:{s1}:l", "shop:hash:(s):{s1}:l",
					"shop:hash:{1}:l", "shop:%68ash:{s1}:l", "shop:hash%3Atracks:{s1}:l");
		assertThatIllegalArgumentException().isThrownBy(() -> space.kind("tracks", "any"));
	}

	@Test
	void writesKeyOnOneLine() {
		assertThat(text(this.tracks.key("a\r\nFAKE\u0085\u2028\u202E\u007F\0")))
			.isEqualTo("shop:tracks:{sa%0D%0AFAKE%u0085%u2028%u202E%7F%00}");
	}

	private static String text(byte[] key) {
		return new String(key, StandardCharsets.UTF_8);
	}

}
