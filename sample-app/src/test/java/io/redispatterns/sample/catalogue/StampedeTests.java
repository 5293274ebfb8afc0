package io.redispatterns.sample.catalogue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

import io.redispatterns.sample.catalogue.Stampede.Outcome;
import io.redispatterns.sample.data.DatabaseTrips;
import org.junit.jupiter.api.Test;

import org.springframework.cache.CacheManager;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Stampede}.
 */
class StampedeTests {

	private final AtomicInteger asked = new AtomicInteger();

	private final CountDownLatch all = new CountDownLatch(Stampede.CALLERS);

	private final CountDownLatch open = new CountDownLatch(1);

	private final CacheManager caches = new ConcurrentMapCacheManager("albums");

	private final Stampede stampede = new Stampede(new Unguarded(), this.caches);

	@Test
	void countsTheLoadsOfAllCallers() throws Exception {
		this.open.countDown();
		Outcome outcome = send();
		assertThat(outcome.callers()).isEqualTo(100);
		assertThat(outcome.loads()).isEqualTo(100);
		assertThat(send().loads()).isEqualTo(100);
		assertThat(this.asked).hasValue(200);
	}

	@Test
	void evictsTheAlbumBefore() throws Exception {
		this.open.countDown();
		this.caches.getCache("albums").put(141, "old");
		send();
		assertThat(this.caches.getCache("albums").get(141)).isNull();
	}

	@Test
	void runsOneAtATime() throws Exception {
		CompletableFuture<Outcome> first = CompletableFuture.supplyAsync(this::send);
		assertThat(this.all.await(20, TimeUnit.SECONDS)).isTrue();
		assertThatExceptionOfType(StampedeRunningException.class).isThrownBy(this::send)
			.satisfies((ex) -> assertThat(ex.getStatusCode().value()).isEqualTo(409));
		this.open.countDown();
		assertThat(first).succeedsWithin(20, TimeUnit.SECONDS);
		assertThat(send().callers()).isEqualTo(100);
	}

	@Test
	void tellsHowLongMostWaited() {
		List<Long> millis = LongStream.rangeClosed(1, 100).map((it) -> 101 - it).boxed().toList();
		Outcome outcome = Outcome.of(1, millis.stream().map(TimeUnit.MILLISECONDS::toNanos).toList());
		assertThat(outcome).isEqualTo(new Outcome(100, 1, 50, 99));
	}

	private Outcome send() {
		RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(new MockHttpServletRequest()));
		try {
			return this.stampede.run();
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			RequestContextHolder.resetRequestAttributes();
		}
	}

	private final class Unguarded extends Catalogue {

		private Unguarded() {
			super(null);
		}

		@Override
		Album album(int id) {
			StampedeTests.this.asked.incrementAndGet();
			StampedeTests.this.all.countDown();
			DatabaseTrips.add();
			try {
				assertThat(StampedeTests.this.open.await(20, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			return new Album(id, "any", 1, "any", List.of());
		}

	}

}
