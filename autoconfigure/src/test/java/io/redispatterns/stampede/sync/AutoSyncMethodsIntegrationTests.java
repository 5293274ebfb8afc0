package io.redispatterns.stampede.sync;

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;

import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CacheConfig;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.Caching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What annotated methods do, and for whom, when they are guarded without being told.
 */
class AutoSyncMethodsIntegrationTests {

	private static final AtomicInteger calls = new AtomicInteger();

	@Redis
	static StandaloneRedis redis;

	private static AutoSyncNode node;

	private Songs songs;

	@BeforeAll
	static void start() {
		node = AutoSyncNode.start(redis, List.of(), Songs.class, ByInterface.class);
	}

	@AfterAll
	static void stop() {
		node.close();
	}

	@BeforeEach
	void reset() {
		redis.command("FLUSHALL");
		calls.set(0);
		this.songs = node.get(Songs.class);
	}

	static Stream<Function<Songs, Object>> guarded() {
		return Stream.of((songs) -> songs.plain(1), Songs::composed, (songs) -> songs.conditional(2),
				(songs) -> node.get(Finder.class).byName("x"));
	}

	@ParameterizedTest
	@MethodSource("guarded")
	void guardsHoweverItIsWritten(Function<Songs, Object> method) {
		assertThat(AutoSyncNode.herd(() -> method.apply(this.songs)))
			.allSatisfy((got) -> assertThat(got).succeedsWithin(20, TimeUnit.SECONDS).isEqualTo("song"));
		assertThat(calls).hasValue(1);
	}

	@Test
	void proxiesInterfacesAndClasses() {
		assertThat(AopUtils.isJdkDynamicProxy(node.get(Finder.class))).isTrue();
		assertThat(AopUtils.isCglibProxy(this.songs)).isTrue();
	}

	static Stream<Function<Songs, Object>> left() {
		return Stream.of((songs) -> songs.withUnless(1), (songs) -> songs.twoCaches(1), (songs) -> songs.withEvict(1),
				(songs) -> songs.two(1), (songs) -> songs.told(1));
	}

	@ParameterizedTest
	@MethodSource("left")
	void leavesOthersAtWork(Function<Songs, Object> method) {
		assertThat(method.apply(this.songs)).isEqualTo("song");
		assertThat(method.apply(this.songs)).isEqualTo("song");
		assertThat(calls).hasValue(1);
	}

	@Test
	void leavesPutsAndEvictionsAtWork() {
		cache("names").put(1, "old");
		assertThat(this.songs.withPut(1)).isEqualTo("song");
		assertThat(this.songs.withPut(1)).isEqualTo("song");
		assertThat(calls).as("calls, as a put asks for each").hasValue(2);
		assertThat(cache("names").get(1).get()).isEqualTo("song");
		this.songs.withEvict(1);
		assertThat(cache("names").get(1)).isNull();
	}

	@Test
	void leavesOutWhatUnlessSays() {
		assertThat(this.songs.withUnless(-1)).isNull();
		assertThat(this.songs.withUnless(-1)).isNull();
		assertThat(calls).hasValue(2);
	}

	@Test
	void asksForEachWhereTheConditionFails() {
		this.songs.conditional(-1);
		this.songs.conditional(-1);
		assertThat(calls).hasValue(2);
	}

	@Test
	void keepsKeysApart() {
		this.songs.keyed(1, "a");
		this.songs.keyed(1, "b");
		assertThat(calls).hasValue(1);
		this.songs.keyed(2, "b");
		assertThat(calls).hasValue(2);
		assertThat(cache("keyed").get(2)).isNotNull();
	}

	@Test
	void remembersNothing() {
		assertThat(this.songs.plain(-1)).isNull();
		assertThat(this.songs.plain(-1)).isNull();
		assertThat(calls).hasValue(1);
		assertThat(this.songs.optional(-1)).isEmpty();
		assertThat(this.songs.optional(-1)).isEmpty();
		assertThat(this.songs.optional(1)).contains("song");
		assertThat(calls).hasValue(3);
	}

	@Test
	void givesTheMethodsOwnExceptionToAll() {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.songs.failing(1)).withMessage("failed 1");
		assertThat(calls).as("calls of one caller").hasValue(1);
		assertThat(AutoSyncNode.herd(() -> thrownBy(() -> this.songs.failing(2))))
			.allSatisfy((got) -> assertThat(got).succeedsWithin(20, TimeUnit.SECONDS)
				.satisfies((ex) -> assertThat(ex).isExactlyInstanceOf(IOException.class).hasMessage("failed 2")));
		assertThat(calls).as("calls of all, some of whom may come after the failure").hasValueLessThan(8);
		calls.set(0);
		assertThatThrownBy(() -> this.songs.failing(-1)).isExactlyInstanceOf(IllegalStateException.class)
			.hasMessage("failed -1")
			.hasNoCause();
		assertThat(calls).hasValue(1);
	}

	@Test
	void givesTheMethodsOwnExceptionThroughAFuture() {
		assertThat(this.songs.failingLater(1)).failsWithin(10, TimeUnit.SECONDS)
			.withThrowableOfType(ExecutionException.class)
			.havingCause()
			.isExactlyInstanceOf(IOException.class)
			.withMessage("failed 1");
		assertThat(calls).hasValue(1);
		assertThat(AutoSyncNode.herd(() -> thrownBy(() -> this.songs.failingLater(2).get()).getCause()))
			.allSatisfy((got) -> assertThat(got).succeedsWithin(20, TimeUnit.SECONDS)
				.satisfies((ex) -> assertThat(ex).isExactlyInstanceOf(IOException.class).hasMessage("failed 2")));
		assertThat(calls).as("calls of all, some of whom may come after the failure").hasValueLessThan(8);
	}

	@Test
	void givesThroughAFutureWhatTheMethodThrowsAtTheCall() {
		assertThat(this.songs.throwing(1)).failsWithin(10, TimeUnit.SECONDS)
			.withThrowableOfType(ExecutionException.class)
			.havingCause()
			.isExactlyInstanceOf(IllegalArgumentException.class)
			.withMessage("thrown 1");
		assertThat(calls).hasValue(1);
	}

	@Test
	void loadsOnceWhatCannotBeStored() {
		assertThat(this.songs.unstorable(1)).isInstanceOf(Unstorable.class);
		assertThat(calls).hasValue(1);
	}

	static Stream<Function<Songs, Object>> nested() {
		return Stream.of((songs) -> songs.outer(1), (songs) -> songs.outerLater(1).join(), (songs) -> songs.waiting(1),
				(songs) -> songs.blocking(1).join());
	}

	@ParameterizedTest
	@MethodSource("nested")
	void loadsWhatAMethodInsideAnotherAsksForByTheSameKey(Function<Songs, Object> method) {
		assertThat(CompletableFuture.supplyAsync(() -> method.apply(this.songs))).succeedsWithin(10, TimeUnit.SECONDS)
			.isEqualTo("song");
		assertThat(calls).hasValue(1);
		assertThat(method.apply(this.songs)).isEqualTo("song");
		assertThat(calls).as("calls, as it was stored").hasValue(1);
	}

	private static Throwable thrownBy(Failing call) {
		try {
			call.run();
			return new AssertionError("nothing was thrown");
		}
		catch (Throwable ex) {
			return ex;
		}
	}

	private static Cache cache(String name) {
		return node.get(CacheManager.class).getCache(name);
	}

	private static String loaded(int id) {
		LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
		calls.incrementAndGet();
		return (id < 0) ? null : "song";
	}

	@FunctionalInterface
	private interface Failing {

		void run() throws Exception;

	}

	@Cacheable(cacheNames = "composed", key = "'all'")
	@Retention(RetentionPolicy.RUNTIME)
	@interface Found {

	}

	interface Finder {

		@Cacheable("byName")
		String byName(String name);

	}

	static final class ByInterface implements Finder {

		@Override
		public String byName(String name) {
			return loaded(1);
		}

	}

	/**
	 * A value that no codec can write.
	 */
	public record Unstorable(String name) {

		@Override
		public String name() {
			throw new IllegalStateException("not to be read");
		}

	}

	@CacheConfig(cacheNames = "songs")
	static class Songs {

		private final ObjectProvider<Songs> self;

		Songs(ObjectProvider<Songs> self) {
			this.self = self;
		}

		@Cacheable
		public String plain(int id) {
			return loaded(id);
		}

		@Found
		public String composed() {
			return loaded(1);
		}

		@Cacheable(condition = "#id > 0", key = "'conditional ' + #id")
		public String conditional(int id) {
			return loaded(id);
		}

		@Cacheable(cacheNames = "keyed", key = "#id")
		public String keyed(int id, String other) {
			return loaded(id);
		}

		@Cacheable("optional")
		public Optional<String> optional(int id) {
			return Optional.ofNullable(loaded(id));
		}

		@Cacheable("failing")
		public String failing(int id) throws IOException {
			loaded(id);
			if (id < 0) {
				throw new IllegalStateException("failed " + id);
			}
			throw new IOException("failed " + id);
		}

		@Cacheable("failingLater")
		public CompletableFuture<String> failingLater(int id) {
			return CompletableFuture.supplyAsync(() -> loaded(id), (task) -> new Thread(task).start())
				.thenCompose((loaded) -> CompletableFuture.failedFuture(new IOException("failed " + id)));
		}

		@Cacheable("throwing")
		public CompletableFuture<String> throwing(int id) {
			loaded(id);
			throw new IllegalArgumentException("thrown " + id);
		}

		@Cacheable("unstorable")
		public Unstorable unstorable(int id) {
			loaded(id);
			return new Unstorable("name");
		}

		@Cacheable("nested")
		public String outer(int id) {
			return this.self.getObject().inner(id);
		}

		@Cacheable("nested")
		public String inner(int id) {
			return loaded(id);
		}

		@Cacheable("nestedLater")
		public CompletableFuture<String> outerLater(int id) {
			return this.self.getObject().innerLater(id);
		}

		@Cacheable("nestedLater")
		public CompletableFuture<String> innerLater(int id) {
			return CompletableFuture.completedFuture(loaded(id));
		}

		@Cacheable("nestedLater")
		public String waiting(int id) {
			return this.self.getObject().innerLater(id).join();
		}

		@Cacheable("nested")
		public CompletableFuture<String> blocking(int id) {
			return CompletableFuture.completedFuture(this.self.getObject().inner(id));
		}

		@Cacheable(cacheNames = "unless", unless = "#result == null")
		public String withUnless(int id) {
			return loaded(id);
		}

		@Cacheable({ "one", "two" })
		public String twoCaches(int id) {
			return loaded(id);
		}

		@Cacheable("withPut")
		@CachePut("names")
		public String withPut(int id) {
			return loaded(id);
		}

		@Cacheable("withEvict")
		@CacheEvict("names")
		public String withEvict(int id) {
			return loaded(id);
		}

		@Caching(cacheable = { @Cacheable("three"), @Cacheable("four") })
		public String two(int id) {
			return loaded(id);
		}

		@Cacheable(cacheNames = "told", sync = true)
		public String told(int id) {
			return loaded(id);
		}

	}

}
