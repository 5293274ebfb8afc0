package io.redispatterns.write.behind.queue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.redispatterns.redis.RedisFailureException;
import io.redispatterns.redis.RedisFailureException.Kind;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DeadLetterEndpointTests {

	private final Letters letters = new Letters();

	private final DeadLetterEndpoint endpoint = new DeadLetterEndpoint(this.letters);

	@Test
	void countsWhatWasPutAside() {
		this.letters.dead.put("prices", 3L);
		this.letters.dead.put("away", -1L);
		assertThat(this.endpoint.count())
			.isEqualTo(Map.of("queues", Map.of("prices", 3L, "away", "Redis does not answer")));
	}

	@Test
	void letsThemWaitAgain() {
		this.letters.dead.put("prices", 2500L);
		assertThat(this.endpoint.requeue("prices", 2).getBody()).isEqualTo(Map.of("requeued", 2L));
		assertThat(this.endpoint.requeue("prices", null).getBody()).isEqualTo(Map.of("requeued", 1000L));
	}

	@Test
	void knowsTheQueuesOfTheApplicationOnly() {
		assertThat(this.endpoint.requeue("others", null).getStatus()).isEqualTo(404);
		assertThat(this.letters.dead).isEmpty();
	}

	@Test
	void refusesANumberBelowOne() {
		this.letters.dead.put("prices", 1L);
		assertThatExceptionOfType(InvalidEndpointRequestException.class)
			.isThrownBy(() -> this.endpoint.requeue("prices", 0))
			.withMessage("'most' must be at least 1");
	}

	private static final class Letters implements DeadLetters {

		private final Map<String, Long> dead = new LinkedHashMap<>();

		@Override
		public Set<String> queues() {
			return this.dead.keySet();
		}

		@Override
		public long count(String queue) {
			long count = this.dead.getOrDefault(queue, 0L);
			if (count < 0) {
				throw new RedisFailureException(Kind.TIMEOUT, "away", null);
			}
			return count;
		}

		@Override
		public long requeue(String queue, int most) {
			long requeued = Math.min(most, count(queue));
			this.dead.merge(queue, -requeued, Long::sum);
			return requeued;
		}

	}

}
