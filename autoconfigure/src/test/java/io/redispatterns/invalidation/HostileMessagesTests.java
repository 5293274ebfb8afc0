package io.redispatterns.invalidation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.redispatterns.cache.near.HotKeys;
import io.redispatterns.cache.near.NearCache;
import io.redispatterns.invalidation.message.Beats;
import io.redispatterns.invalidation.message.InvalidationMessage;
import io.redispatterns.redis.key.KeyNames;
import io.redispatterns.redis.key.KeySpace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages that no node has sent: anybody who may publish can send them.
 */
class HostileMessagesTests {

	private static final long SEED = Long.getLong("messages.seed", new Random().nextLong());

	private static final int INPUTS = 300_000;

	private static final long SELF = 7;

	private final AtomicLong nanos = new AtomicLong(1_000);

	private final Beats beats = new Beats(100, this.nanos::get);

	private final Feeds feeds = new Feeds();

	private final AtomicInteger told = new AtomicInteger();

	private final Inbox inbox = new Inbox(SELF, this.feeds, this.beats, () -> Set.of(""), new InvalidationStatistics());

	@BeforeEach
	void addNearCaches() {
		for (String cache : List.of("near", "größe")) {
			this.feeds.add(cache,
					new NearCache(new KeyNames(KeySpace.of("ns").named(cache)),
							new NearCache.Settings(100, Duration.ofSeconds(10), false), new HotKeys(0, this.nanos::get),
							this.nanos::get));
		}
	}

	@Test
	void takesAnythingForAMessageOrForNone() {
		Random random = new Random(SEED);
		this.inbox.tell((invalidation) -> this.told.incrementAndGet());
		for (int i = 0; i < INPUTS; i++) {
			byte[] bytes = (random.nextInt(3) == 0) ? noise(random) : damaged(message(random), random);
			try {
				this.inbox.receive(bytes, random.nextBoolean() ? random.nextLong() : 0);
			}
			catch (RuntimeException ex) {
				throw new AssertionError("messages.seed=" + SEED + ", " + Arrays.toString(bytes), ex);
			}
		}
		System.out.println("messages.seed=" + SEED + ": " + INPUTS + " messages, " + this.told + " of them understood");
		assertThat(this.told).hasPositiveValue();
	}

	@Test
	void buysNoTrustThatOutlastsTheConnection() {
		byte[] sent = new byte[Long.BYTES];
		sent[0] = 1;
		this.inbox.receive(new InvalidationMessage(InvalidationMessage.BEAT, SELF, 1, 0, "", sent).encode(), 0);
		this.nanos.addAndGet(100);
		assertThat(this.beats.hold()).isFalse();
	}

	private static byte[] message(Random random) {
		byte[] letters = "pectfrlhn?".getBytes(StandardCharsets.US_ASCII);
		byte[] subject = new byte[random.nextInt(40)];
		random.nextBytes(subject);
		return new InvalidationMessage(letters[random.nextInt(letters.length)],
				random.nextBoolean() ? SELF : random.nextLong(), random.nextLong(), random.nextLong(),
				List.of("", "near", "größe").get(random.nextInt(3)), subject)
			.encode();
	}

	private static byte[] noise(Random random) {
		byte[] bytes = new byte[random.nextInt(80)];
		random.nextBytes(bytes);
		if (bytes.length > 0 && random.nextBoolean()) {
			bytes[0] = 1;
		}
		return bytes;
	}

	private static byte[] damaged(byte[] message, Random random) {
		byte[] bytes = (random.nextInt(3) == 0) ? Arrays.copyOf(message, random.nextInt(message.length + 8)) : message;
		for (int flips = random.nextInt(3); flips > 0 && bytes.length > 0; flips--) {
			bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
		}
		return bytes;
	}

}
