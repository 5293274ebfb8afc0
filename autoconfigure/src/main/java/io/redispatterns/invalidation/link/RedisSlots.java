package io.redispatterns.invalidation.link;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.springframework.data.redis.connection.ClusterSlotHashUtil;

/**
 * Hash tags by slot.
 */
final class RedisSlots {

	private static final int[] NUMBERS = new int[ClusterSlotHashUtil.SLOT_COUNT];

	static {
		Arrays.fill(NUMBERS, -1);
		int missing = NUMBERS.length;
		for (int number = 0; missing > 0; number++) {
			int slot = ClusterSlotHashUtil.calculateSlot(Integer.toString(number).getBytes(StandardCharsets.US_ASCII));
			if (NUMBERS[slot] < 0) {
				NUMBERS[slot] = number;
				missing--;
			}
		}
	}

	private RedisSlots() {
	}

	/**
	 * The least number that is in a slot.
	 */
	static String tag(int slot) {
		return Integer.toString(NUMBERS[slot]);
	}

}
