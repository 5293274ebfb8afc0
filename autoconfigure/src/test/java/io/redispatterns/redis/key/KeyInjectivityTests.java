package io.redispatterns.redis.key;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Tests that keys are equal exactly when their cache and argument are, over random and
 * adversarial ones.
 */
class KeyInjectivityTests {

	private static final long SEED = Long.getLong("keys.seed", new Random().nextLong());

	@Test
	void separatesAMillionRandomPairs() {
		KeySamples samples = new KeySamples(SEED);
		int equal = 0;
		KeySamples.Sample previous = samples.key();
		for (int i = 0; i < 1_000_000; i++) {
			KeySamples.Sample sample = samples.key();
			boolean expected = sample.shouldEqual(previous);
			if (Arrays.equals(sample.key(), previous.key()) != expected) {
				fail(describe(sample, previous));
			}
			equal += expected ? 1 : 0;
			previous = sample;
		}
		System.out.println("keys.seed=" + SEED + ": 1000000 pairs, " + equal + " of them equal");
	}

	@Test
	void separatesAllPairsOfManyRandomKeys() {
		KeySamples samples = new KeySamples(~SEED);
		Map<String, KeySamples.Sample> byKey = new HashMap<>();
		Map<Object, KeySamples.Sample> byModel = new HashMap<>();
		for (int i = 0; i < 200_000; i++) {
			KeySamples.Sample sample = samples.key();
			KeySamples.Sample sameKey = byKey.putIfAbsent(text(sample), sample);
			KeySamples.Sample sameModel = byModel.putIfAbsent(sample.model(), sample);
			if (sameKey != sameModel) {
				fail(describe(sample, (sameKey != null) ? sameKey : sameModel));
			}
		}
		System.out.println("keys.seed=" + SEED + ": 200000 keys, " + byKey.size() + " different");
		assertThat(byKey).hasSizeGreaterThan(50_000).hasSizeLessThan(200_000);
	}

	private static String describe(KeySamples.Sample one, KeySamples.Sample other) {
		return "keys.seed=" + SEED + "\n" + text(one) + " of " + one.model() + "\n" + text(other) + " of "
				+ other.model();
	}

	private static String text(KeySamples.Sample sample) {
		return new String(sample.key(), StandardCharsets.ISO_8859_1);
	}

}
