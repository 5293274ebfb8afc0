package io.redispatterns.test;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

@ExtendWith(RedisExtension.class)
class RedisExtensionIntegrationTests {

	@Test
	void handsServerToParameterWithoutAnnotation(StandaloneRedis redis) {
		assertThat(redis.command("PING")).isEqualTo("PONG");
	}

	@Test
	void setsFieldsBeforeAnyInstanceExists() {
		run(OneInstance.class).testEvents().assertStatistics((statistics) -> statistics.succeeded(2));
	}

	@Test
	void refusesFieldThatIsNotStatic() {
		run(InstanceField.class).containerEvents()
			.assertThatEvents()
			.haveExactly(1, finishedWithFailure(message((text) -> text.endsWith(
					"InstanceField.redis' must be static and a StandaloneRedis, ClusterRedis or SentinelRedis"))));
	}

	@Test
	void endsServersWithTheTestRun() {
		run(OneInstance.class);
		assertThat(OneInstance.redis.server().isRunning()).isFalse();
	}

	private static EngineExecutionResults run(Class<?> testClass) {
		return EngineTestKit.engine("junit-jupiter").selectors(selectClass(testClass)).execute();
	}

	@TestInstance(Lifecycle.PER_CLASS)
	static class OneInstance {

		@Redis
		static StandaloneRedis redis;

		private final int port = redis.port();

		@Test
		void sees() {
			assertThat(this.port).isEqualTo(redis.port());
		}

		@Nested
		class Inner {

			@Test
			void seesServerOfOuterClass() {
				assertThat(OneInstance.this.port).isEqualTo(redis.port());
			}

		}

	}

	static class InstanceField {

		@Redis
		StandaloneRedis redis;

		@Test
		void neverRuns() {
		}

	}

}
