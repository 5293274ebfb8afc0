package io.redispatterns.hash;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HashChangeTests {

	private static final HashChange PUT = HashChange.put("1", json("a", "1", "b", "1"));

	private static final HashChange SET = HashChange.set("", json("b", "2"));

	@Test
	void showsATransactionWhatItHasWritten() {
		assertThat(seen(PUT, "a", "0")).isEqualTo(Map.of("a", "1", "b", "1"));
		assertThat(seen(SET, "a", "0", "b", "0")).isEqualTo(Map.of("a", "0", "b", "2"));
		assertThat(seen(SET)).as("of an object that is not there").isEmpty();
		assertThat(seen(HashChange.DELETED, "a", "0")).isEmpty();
		assertThat(PUT.over(Map.of(), List.of("b"))).containsOnlyKeys("b");
	}

	@Test
	void addsWhatComesAfterIt() {
		assertThat(seen(PUT.then(SET))).isEqualTo(Map.of("a", "1", "b", "2"));
		assertThat(PUT.then(SET).version()).isEqualTo("1");
		assertThat(PUT.then(HashChange.set("2", json("a", "2"))).version()).isEqualTo("2");
		assertThat(seen(SET.then(HashChange.set("", json("a", "3"))), "a", "0", "b", "0"))
			.isEqualTo(Map.of("a", "3", "b", "2"));
		assertThat(SET.then(PUT)).isEqualTo(PUT);
		assertThat(PUT.then(HashChange.DELETED)).isEqualTo(HashChange.DELETED);
		assertThat(HashChange.DELETED.then(SET)).as("there is nothing to write to").isEqualTo(HashChange.DELETED);
		assertThat(HashChange.DELETED.then(PUT)).isEqualTo(PUT);
	}

	@Test
	void aCopyDoesNotChange() {
		byte[] key = { 1 };
		HashChanges changes = new HashChanges();
		changes.note(key, PUT);
		HashChanges copy = changes.copy();
		changes.note(key.clone(), HashChange.DELETED);
		assertThat(copy.find(key)).isEqualTo(PUT);
		assertThat(changes.find(key)).isEqualTo(HashChange.DELETED);
	}

	private static Map<String, String> seen(HashChange change, String... found) {
		Map<String, String> seen = new TreeMap<>();
		change.over(json(found), List.of("a", "b"))
			.forEach((name, value) -> seen.put(name, new String(value, StandardCharsets.US_ASCII)));
		return seen;
	}

	private static Map<String, byte[]> json(String... namesAndValues) {
		Map<String, byte[]> json = new TreeMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			json.put(namesAndValues[i], namesAndValues[i + 1].getBytes(StandardCharsets.US_ASCII));
		}
		return json;
	}

}
