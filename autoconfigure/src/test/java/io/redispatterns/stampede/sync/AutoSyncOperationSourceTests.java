package io.redispatterns.stampede.sync;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.cache.annotation.AnnotationCacheOperationSource;
import org.springframework.cache.annotation.CacheConfig;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.Caching;
import org.springframework.cache.interceptor.CacheOperation;
import org.springframework.cache.interceptor.CacheableOperation;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AutoSyncOperationSource}.
 */
class AutoSyncOperationSourceTests {

	private final AnnotationCacheOperationSource written = new AnnotationCacheOperationSource(false);

	private final AutoSyncOperationSource source = new AutoSyncOperationSource(this.written, (operation) -> true);

	@ParameterizedTest
	@ValueSource(strings = { "plain", "withKey", "withCondition", "composed", "inCaching", "ofInterface" })
	void guardsWhatIsAloneOnItsMethod(String method) {
		assertThat(sync(this.source, method)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "withUnless", "twoCaches", "withPut", "withEvict", "two", "put", "evict",
			"withConditionOnResult" })
	void leavesOthersAsTheyAre(String method) {
		assertThat(this.source.getCacheOperations(method(method), Methods.class))
			.isSameAs(this.written.getCacheOperations(method(method), Methods.class));
	}

	@Test
	void leavesWhatIsSyncAlready() {
		assertThat(this.source.getCacheOperations(method("sync"), Methods.class))
			.isSameAs(this.written.getCacheOperations(method("sync"), Methods.class));
	}

	@Test
	void leavesWhatIsOnTheCacheOfAnother() {
		AutoSyncOperationSource others = new AutoSyncOperationSource(this.written, (operation) -> false);
		assertThat(sync(others, "plain")).isFalse();
	}

	@Test
	void leavesOperationsOfAKindOfTheirOwn() {
		CacheableOperation.Builder builder = new CacheableOperation.Builder();
		builder.setCacheName("songs");
		CacheOperation own = new CacheableOperation(builder) {
		};
		AutoSyncOperationSource others = new AutoSyncOperationSource((method, type) -> List.of(own), (any) -> true);
		assertThat(others.getCacheOperations(method("plain"), Methods.class)).containsExactly(own);
	}

	@Test
	void keepsEverythingElse() {
		CacheOperation before = only(this.written, "full");
		CacheOperation after = only(this.source, "full");
		assertThat(after).hasToString(before.toString().replace("sync='false'", "sync='true'")).hasSameClassAs(before);
	}

	@Test
	void givesTheSameOperationsAgain() {
		Method method = method("plain");
		assertThat(this.source.getCacheOperations(method, Methods.class))
			.isSameAs(this.source.getCacheOperations(method, Methods.class));
	}

	@Test
	void knowsTheSameMethods() {
		assertThat(this.source.isCandidateClass(Methods.class)).isTrue();
		assertThat(this.source.isCandidateClass(Integer.class)).isFalse();
		assertThat(this.source.hasCacheOperations(method("plain"), Methods.class)).isTrue();
		assertThat(this.source.hasCacheOperations(method("none"), Methods.class)).isFalse();
		assertThat(this.source.getCacheOperations(method("none"), Methods.class)).isNull();
	}

	private static boolean sync(AutoSyncOperationSource source, String method) {
		return ((CacheableOperation) only(source, method)).isSync();
	}

	private static CacheOperation only(org.springframework.cache.interceptor.CacheOperationSource source,
			String method) {
		Collection<CacheOperation> operations = source.getCacheOperations(method(method), Methods.class);
		assertThat(operations).hasSize(1);
		return Objects.requireNonNull(operations).iterator().next();
	}

	private static Method method(String name) {
		return Stream.of(Methods.class.getDeclaredMethods())
			.filter((method) -> method.getName().equals(name))
			.findFirst()
			.orElseThrow();
	}

	@Cacheable("songs")
	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@interface Found {

	}

	interface Finder {

		@Cacheable("songs")
		String ofInterface(int id);

	}

	@CacheConfig(cacheNames = "configured")
	static class Methods implements Finder {

		@Cacheable
		String plain(int id) {
			return "";
		}

		@Cacheable(cacheNames = "songs", key = "#id + 1")
		String withKey(int id) {
			return "";
		}

		@Cacheable(cacheNames = "songs", condition = "#id > 0")
		String withCondition(int id) {
			return "";
		}

		@Cacheable(cacheNames = "songs", condition = "#result != null")
		String withConditionOnResult(int id) {
			return "";
		}

		@Found
		String composed(int id) {
			return "";
		}

		@Caching(cacheable = @Cacheable("songs"))
		String inCaching(int id) {
			return "";
		}

		@Override
		public String ofInterface(int id) {
			return "";
		}

		@Cacheable(cacheNames = "songs", unless = "#result == null")
		String withUnless(int id) {
			return "";
		}

		@Cacheable({ "songs", "names" })
		String twoCaches(int id) {
			return "";
		}

		@Cacheable("songs")
		@CachePut("names")
		String withPut(int id) {
			return "";
		}

		@Cacheable("songs")
		@CacheEvict("names")
		String withEvict(int id) {
			return "";
		}

		@Caching(cacheable = { @Cacheable("songs"), @Cacheable("names") })
		String two(int id) {
			return "";
		}

		@CachePut("songs")
		String put(int id) {
			return "";
		}

		@CacheEvict("songs")
		String evict(int id) {
			return "";
		}

		@Cacheable(cacheNames = "songs", sync = true)
		String sync(int id) {
			return "";
		}

		@Cacheable(cacheNames = "songs", keyGenerator = "generator", cacheManager = "manager", condition = "true")
		String full(int id) {
			return "";
		}

		String none(int id) {
			return "";
		}

	}

}
