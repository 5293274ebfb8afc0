package io.redispatterns.cache.fill;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.redispatterns.cache.entry.WrittenValue;
import io.redispatterns.cache.fill.StandIns.Shelf;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StandIns}.
 */
class StandInsTests {

	private static final byte[] KEY = { 1 };

	private static final byte[] OTHER = { 2 };

	private static final WrittenValue VALUE = value(3);

	private final AtomicLong nanos = new AtomicLong();

	private final Shelf shelf = new Shelf(this.nanos::get);

	private final StandIns standIns = new StandIns(this.shelf, Duration.ofSeconds(1));

	@Test
	void servesForItsTimeToLive() {
		keep(KEY, VALUE);
		this.nanos.set(Duration.ofMillis(999).toNanos());
		assertThat(this.standIns.find(KEY.clone())).isSameAs(VALUE);
		assertThat(this.standIns.find(OTHER)).isNull();
		this.nanos.set(Duration.ofSeconds(1).toNanos());
		assertThat(this.standIns.find(KEY)).isNull();
		this.nanos.set(Duration.ofSeconds(3).toNanos());
		assertThat(this.shelf.size()).isZero();
	}

	@Test
	void keepsTheTimesOfTwoCachesApart() {
		StandIns longer = new StandIns(this.shelf, Duration.ofSeconds(5));
		keep(KEY, VALUE);
		longer.keep(OTHER, VALUE, () -> true);
		this.nanos.set(Duration.ofSeconds(2).toNanos());
		assertThat(this.standIns.find(KEY)).isNull();
		assertThat(longer.find(OTHER)).isSameAs(VALUE);
	}

	@Test
	void keepsNothingWithoutATime() {
		StandIns none = new StandIns(this.shelf, Duration.ZERO);
		none.keep(KEY, VALUE, () -> true);
		assertThat(none.areKept()).isFalse();
		assertThat(none.find(KEY)).isNull();
		assertThat(this.shelf.size()).isZero();
	}

	@Test
	void forgetsOneOrAll() {
		keep(KEY, VALUE);
		keep(OTHER, VALUE);
		this.standIns.forget(KEY.clone());
		assertThat(this.standIns.find(KEY)).isNull();
		assertThat(this.standIns.find(OTHER)).isSameAs(VALUE);
		this.standIns.forgetAll();
		assertThat(this.standIns.find(OTHER)).isNull();
		keep(OTHER, VALUE);
		assertThat(this.standIns.find(OTHER)).as("kept after it").isSameAs(VALUE);
	}

	@Test
	void keepsNothingThatIsNotCurrent() {
		this.standIns.keep(KEY, VALUE, () -> false);
		assertThat(this.standIns.find(KEY)).isNull();
	}

	@Test
	void findsNothingAfterAWriteThatMetTheKeeping() throws Exception {
		AtomicBoolean current = new AtomicBoolean(true);
		AtomicBoolean first = new AtomicBoolean(true);
		CountDownLatch writing = new CountDownLatch(1);
		CompletableFuture<Void> write = new CompletableFuture<>();
		this.standIns.keep(KEY, VALUE, () -> {
			boolean before = current.get();
			if (!first.getAndSet(false)) {
				new Thread(() -> {
					current.set(false);
					writing.countDown();
					this.standIns.forget(KEY);
					write.complete(null);
				}).start();
				awaitQuietly(writing);
			}
			return before;
		});
		write.get(10, TimeUnit.SECONDS);
		assertThat(this.standIns.find(KEY)).isNull();
	}

	@Test
	void findsNothingAfterAWriteOfAllThatMetTheKeeping() {
		this.standIns.keep(KEY, VALUE, () -> {
			this.standIns.forgetAll();
			return true;
		});
		assertThat(this.standIns.find(KEY)).isNull();
	}

	@Test
	void holdsTenThousandSmallValues() {
		for (int i = 0; i < 12_000; i++) {
			keep(ByteBuffer.allocate(4).putInt(i).array(), value(10));
		}
		assertThat(this.shelf.size()).isBetween(9_500L, 10_000L);
	}

	@Test
	void holdsSixteenMebibytesOfLargeValues() {
		for (int i = 0; i < 40; i++) {
			keep(ByteBuffer.allocate(4).putInt(i).array(), value(1 << 20));
		}
		assertThat(this.shelf.size()).isBetween(1L, 15L);
		keep(KEY, value(17 << 20));
		assertThat(this.standIns.find(KEY)).isNull();
	}

	@Test
	void keepsACachedNull() {
		WrittenValue nothing = new WrittenValue(null, Set.of(), null);
		keep(KEY, nothing);
		assertThat(this.standIns.find(KEY)).isSameAs(nothing);
	}

	private void keep(byte[] key, WrittenValue value) {
		this.standIns.keep(key, value, () -> true);
	}

	private static WrittenValue value(int size) {
		return new WrittenValue(new byte[size], Set.of(), null);
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
