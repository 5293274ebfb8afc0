package io.redispatterns.write.behind.queue;

import java.util.LinkedHashMap;
import java.util.Map;

import io.redispatterns.redis.RedisFailureException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Actuator endpoint of the dead letters: {@code /actuator/deadletters}. It shows numbers
 * only, neither rows nor keys, and lets them wait again where
 * {@code management.endpoint.deadletters.access} is {@code unrestricted}.
 */
@Endpoint(id = "deadletters", defaultAccess = Access.READ_ONLY)
public final class DeadLetterEndpoint {

	private static final int MOST = 1000;

	private final DeadLetters letters;

	/**
	 * Create the endpoint.
	 * @param letters the dead letters
	 */
	public DeadLetterEndpoint(DeadLetters letters) {
		this.letters = letters;
	}

	/**
	 * How many changes were put aside.
	 * @return by queue, the number, or that it is not known
	 */
	@ReadOperation
	public Map<String, Object> count() {
		Map<String, Object> shown = new LinkedHashMap<>();
		this.letters.queues().forEach((queue) -> shown.put(queue, count(queue)));
		return Map.of("queues", shown);
	}

	private Object count(String queue) {
		try {
			return this.letters.count(queue);
		}
		catch (RedisFailureException ex) {
			return "Redis does not answer";
		}
	}

	/**
	 * Let changes that were put aside wait to be written again, as of
	 * {@link DeadLetters#requeue}.
	 * @param queue name of the queue
	 * @param most how many at most, {@code null} for 1000
	 * @return how many wait again; 404 when there is no such queue
	 */
	@WriteOperation
	public WebEndpointResponse<Map<String, Long>> requeue(@Selector String queue, @Nullable Integer most) {
		if (!this.letters.queues().contains(queue)) {
			return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
		}
		if (most != null && most < 1) {
			throw new InvalidEndpointRequestException("'most' must be at least 1", "'most' must be at least 1");
		}
		long requeued = this.letters.requeue(queue, (most != null) ? most : MOST);
		return new WebEndpointResponse<>(Map.of("requeued", requeued));
	}

}
