package io.redispatterns.cache.fence;

import java.nio.charset.StandardCharsets;
import java.util.Set;

import io.redispatterns.cache.entry.WrittenValue;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CacheChanges}.
 */
class CacheChangesTests {

	private final CacheChanges changes = new CacheChanges();

	private static byte[] key(String name) {
		return name.getBytes(StandardCharsets.UTF_8);
	}

	private static Change put(String name, String... tags) {
		return new Change(key(name), new WrittenValue(key(name), Set.of(tags), null), null, (ex) -> {
		});
	}

	private static Change evict(String name) {
		return new Change(key(name), null, null, (ex) -> {
		});
	}

	@Test
	void keepsTheLastChangeOfEachKey() {
		this.changes.change(put("a"));
		this.changes.change(evict("b"));
		this.changes.change(evict("a"));
		Change last = put("b");
		this.changes.change(last);
		assertThat(this.changes.keys()).hasSize(2);
		assertThat(this.changes.find(key("a"))).isNotNull().extracting(Change::written).isNull();
		assertThat(this.changes.find(key("b"))).isSameAs(last);
		assertThat(this.changes.find(key("c"))).isNull();
	}

	@Test
	void evictsWhatIsPutAfterAMiss() {
		this.changes.miss(key("a"));
		this.changes.change(put("a"));
		assertThat(this.changes.hasValues()).isFalse();
		this.changes.change(put("a"));
		assertThat(this.changes.hasValues()).as("put again").isTrue();
	}

	@Test
	void voidsAllWithAClear() {
		this.changes.change(put("a"));
		this.changes.clear((ex) -> {
		});
		assertThat(this.changes.find(key("a"))).isNotNull().extracting(Change::written).isNull();
		assertThat(this.changes.find(key("other"))).isNotNull();
		assertThat(this.changes.keys()).as("remains for its fence").hasSize(1);
		this.changes.change(put("b"));
		assertThat(this.changes.find(key("b"))).isNotNull().extracting(Change::written).isNotNull();
	}

	@Test
	void evictsWhatWasPutWithATag() {
		this.changes.change(put("a", "x"));
		this.changes.change(put("b", "y"));
		this.changes.evictTag("x", (ex) -> {
		});
		this.changes.change(put("c", "x"));
		assertThat(this.changes.tagsOfValues()).containsExactlyInAnyOrder("x", "y");
		assertThat(this.changes.find(key("a"))).isNotNull().extracting(Change::written).isNull();
		assertThat(this.changes.find(key("other"))).as("may have the tag").isNotNull();
	}

	@Test
	void aCopyHasAStateOfItsOwn() {
		this.changes.change(put("a"));
		CacheChanges copy = this.changes.copy();
		this.changes.change(evict("a"));
		this.changes.clear((ex) -> {
		});
		assertThat(copy.hasValues()).isTrue();
		assertThat(copy.isVoided()).isFalse();
	}

}
