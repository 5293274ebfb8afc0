package io.redispatterns.cache;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;

import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.cache.Cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Two versions of an application on one cache: never an exception, never a value that
 * neither version made.
 */
class RollingDeployIntegrationTests {

	@Redis
	static StandaloneRedis redis;

	static Stream<Arguments> changes() {
		IntFunction<Object> track = (id) -> new Track(id, "name");
		return Stream.of(arguments("component added", track, of((id) -> new Added(id, "name", 1.5)), false),
				arguments("component renamed", track, of((id) -> new Renamed(id, "name")), false),
				arguments("type changed", track, of((id) -> new Retyped(id, List.of("name"))), false),
				arguments("record to bean", track, of((id) -> new Bean(id, "name")), true),
				arguments("component removed", of((id) -> new Added(id, "name", 1.5)), track, true),
				arguments("bean to record", of((id) -> new Bean(id, "name")), track, true),
				arguments("enum value added", of((id) -> new Wide(id, WideMood.NEW)),
						of((id) -> new Narrow(id, NarrowMood.OLD)), false),
				arguments("enum value kept", of((id) -> new Wide(id, WideMood.OLD)),
						of((id) -> new Narrow(id, NarrowMood.OLD)), true));
	}

	private static IntFunction<Object> of(IntFunction<Object> factory) {
		return factory;
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("changes")
	void reloadsOrReadsWhatTheOtherVersionHasWritten(String change, IntFunction<Object> before,
			IntFunction<Object> after, boolean readable) {
		redis.command("FLUSHALL");
		try (CacheNode older = node(before.apply(0).getClass()); CacheNode newer = node(after.apply(0).getClass())) {
			older.cache("x").put(1, before.apply(1));
			Object loaded = newer.cache("x").get(1, () -> after.apply(1));
			assertThat(loaded).hasToString(after.apply(1).toString());
			assertThat(statistic(newer.cache("x"))).isEqualTo(readable ? 0 : 1);
			Object back = older.cache("x").get(1, () -> before.apply(1));
			assertThat(back).hasSameClassAs(before.apply(1)).extracting("id").isEqualTo(1);
			assertThat(newer.cache("x").get(1, () -> after.apply(1))).hasSameClassAs(after.apply(1));
		}
	}

	private static long statistic(Cache cache) {
		return ((RedisCacheAside) cache).statistics().of(io.redispatterns.cache.entry.EntryStatistics.Event.UNREADABLE);
	}

	private static CacheNode node(Class<?> type) {
		return CacheNode.start(redis, List.of("redis.cache.caches.x.type=" + type.getName()));
	}

	record Track(int id, String name) {

	}

	record Added(int id, String name, double price) {

	}

	record Renamed(int id, String title) {

	}

	record Retyped(int id, List<String> name) {

	}

	enum NarrowMood {

		OLD

	}

	enum WideMood {

		OLD, NEW

	}

	record Narrow(int id, NarrowMood mood) {

	}

	record Wide(int id, WideMood mood) {

	}

	static class Bean {

		private int id;

		private String name;

		Bean() {
		}

		Bean(int id, String name) {
			this.id = id;
			this.name = name;
		}

		public int getId() {
			return this.id;
		}

		public void setId(int id) {
			this.id = id;
		}

		public String getName() {
			return this.name;
		}

		public void setName(String name) {
			this.name = name;
		}

		@Override
		public String toString() {
			return "Bean[id=%d, name=%s]".formatted(this.id, this.name);
		}

	}

}
