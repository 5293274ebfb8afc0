package io.redispatterns.redis;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Identity of one running application context among all that share a namespace. A restart
 * is a new node.
 *
 * @param value sixteen hexadecimal digits
 */
public record NodeId(String value) {

	static NodeId random(RandomGenerator random) {
		return new NodeId(HexFormat.of().toHexDigits(random.nextLong()));
	}

	@Override
	public String toString() {
		return this.value;
	}

}
