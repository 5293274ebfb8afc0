package io.redispatterns.warming;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.redispatterns.Patience;
import io.redispatterns.test.RedisTopology;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What warming does, over any Redis.
 */
@Timeout(120)
abstract class WarmingContract {

	private final List<WarmNode> nodes = new ArrayList<>();

	private String namespace = "";

	abstract RedisTopology redis();

	@BeforeEach
	void reset(TestInfo test) {
		Albums.reset();
		this.namespace = test.getTestMethod().orElseThrow().getName();
	}

	@AfterEach
	void stop() {
		Albums.wire = (id) -> id;
		this.nodes.forEach(WarmNode::close);
	}

	private WarmNode start(Class<?> warming, String... properties) {
		List<String> settings = Stream
			.of(Patience.and("redis.warming.rate=1000"), Stream.of(properties),
					Stream.of("redis.namespace=" + this.namespace))
			.flatMap((each) -> each)
			.toList();
		WarmNode node = WarmNode.start(redis().springProperties(), settings, Albums.Catalogue.class, warming);
		this.nodes.add(node);
		return node;
	}

	private long runs() {
		return this.nodes.stream().mapToLong((node) -> node.runs("albums")).sum();
	}

	@Test
	void warmsOnceForAllNodesThatStart() {
		CountDownLatch together = new CountDownLatch(1);
		Albums.wire = (id) -> {
			hold(together);
			return id;
		};
		WarmNode first = start(Albums.OnStart.class);
		WarmNode second = start(Albums.OnStart.class);
		await().pollDelay(Duration.ofSeconds(1)).until(() -> !Albums.loads.isEmpty());
		together.countDown();
		await().until(() -> runs() >= 1);
		WarmNode third = start(Albums.OnStart.class);
		await().until(() -> Stream.of(first, second, third).noneMatch((node) -> node.get(WarmUps.class).isRunning()));
		assertThat(runs()).isEqualTo(1);
		assertThat(Albums.warmUps).hasSize(1);
		assertThat(Albums.loads).hasSize(Albums.SIZE);
		IntStream.range(0, Albums.SIZE)
			.forEach((id) -> assertThat(third.get(Albums.Catalogue.class).find(id)).isEqualTo(1));
		assertThat(Albums.loads).hasSize(Albums.SIZE);
	}

	@Test
	void warmsOnEachNodeThatStartsWhenAWarmUpIsNotFreshForLong() {
		start(Albums.OnStart.class);
		await().until(() -> runs() == 1);
		start(Albums.OnStart.class, "redis.warming.fresh-for=0");
		await().until(() -> runs() == 2);
		assertThat(Albums.loads).as("what is there is not loaded").hasSize(Albums.SIZE);
	}

	@Test
	void doesNotBringBackWhatAWriterEvictsMeanwhile() throws Exception {
		CountDownLatch read = new CountDownLatch(1);
		CountDownLatch written = new CountDownLatch(1);
		Albums.wire = (id) -> {
			read.countDown();
			hold(written);
			return id;
		};
		start(Albums.OnStart.class);
		WarmNode writer = start(Albums.OnStart.class);
		read.await();
		Albums.database.put(0, 2);
		writer.cache("albums").evict(0);
		written.countDown();
		await().until(() -> runs() == 1);
		this.nodes.forEach((node) -> assertThat(node.get(Albums.Catalogue.class).find(0)).isEqualTo(2));
	}

	private static void hold(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void goesOnAtOnceOnAnotherNodeWhenTheHolderIsClosed() throws Exception {
		CountDownLatch third = new CountDownLatch(3);
		Albums.wire = (id) -> {
			third.countDown();
			if (third.getCount() == 0) {
				hold(new CountDownLatch(1));
			}
			return id;
		};
		WarmNode holder = start(Albums.OnStart.class);
		third.await();
		WarmNode other = start(Albums.OnStart.class);
		Albums.wire = (id) -> id;
		long closed = System.nanoTime();
		holder.close();
		await().until(() -> other.runs("albums") == 1);
		assertThat(Duration.ofNanos(System.nanoTime() - closed)).isLessThan(Duration.ofSeconds(8));
		assertThat(holder.runs("albums")).isZero();
		assertThat(Albums.loads).as("one load more, which was interrupted").hasSize(Albums.SIZE + 1);
	}

	@Test
	void repeatsAtAnIntervalOnOneNode() {
		start(Albums.Often.class, "test.interval=1s");
		start(Albums.Often.class, "test.interval=1s");
		await().until(() -> runs() >= 4);
		assertThat(gaps()).allSatisfy((gap) -> assertThat(gap).isGreaterThan(Duration.ofMillis(900)));
		assertThat(Albums.loads).as("what is there is not loaded").hasSize(Albums.SIZE);
	}

	@Test
	void keepsToACronExpressionOnOneNode() {
		start(Albums.EachSecond.class);
		start(Albums.EachSecond.class);
		await().until(() -> runs() >= 4);
		assertThat(gaps()).hasSizeGreaterThan(2)
			.allSatisfy(
					(gap) -> assertThat(gap).as("a tick is of one node only").isGreaterThan(Duration.ofMillis(300)));
	}

	@Test
	void loadsAgainWhatIsThereWhenToldTo() {
		WarmNode node = start(Albums.Renewing.class);
		await().until(() -> runs() == 1);
		Albums.database.put(3, 2);
		assertThat(node.get(Albums.Catalogue.class).find(3)).as("what is there serves").isEqualTo(1);
		await().until(() -> node.get(Albums.Catalogue.class).find(3) == 2);
		Albums.wire = (id) -> {
			throw new IllegalStateException("expected");
		};
		int loads = Albums.loads.size();
		await().until(() -> Albums.loads.size() >= loads + 5);
		assertThat(node.get(Albums.Catalogue.class).find(3)).as("what could not be loaded again").isEqualTo(2);
	}

	@Test
	void putsBackNothingThatAWriterEvictsWhileItIsLoadedAgain() throws Exception {
		CountDownLatch again = new CountDownLatch(2);
		CountDownLatch written = new CountDownLatch(1);
		Albums.wire = (id) -> {
			if (id == 0) {
				again.countDown();
			}
			if (again.getCount() == 0) {
				hold(written);
			}
			return id;
		};
		WarmNode node = start(Albums.Renewing.class);
		again.await();
		Albums.wire = (id) -> id;
		Albums.database.put(0, 2);
		node.cache("albums").evict(0);
		written.countDown();
		await().until(() -> runs() >= 2);
		assertThat(node.get(Albums.Catalogue.class).find(0)).isEqualTo(2);
	}

	private static List<Duration> gaps() {
		List<Long> begun = List.copyOf(Albums.warmUps);
		return IntStream.range(1, begun.size())
			.mapToObj((i) -> Duration.ofNanos(begun.get(i) - begun.get(i - 1)))
			.toList();
	}

	@Test
	void isLoadedAheadOfItsEndOnlyWhileSomebodyReads() {
		WarmNode node = start(Albums.OnStart.class, "redis.cache.caches.albums.time-to-live=1s",
				"redis.cache.caches.albums.early-refresh=50");
		await().until(() -> runs() == 1);
		await().pollInterval(Duration.ofMillis(20)).until(() -> {
			node.get(Albums.Catalogue.class).find(1);
			return times(1) >= 4;
		});
		long read = times(1);
		await().pollDelay(Duration.ofMillis(2500)).until(() -> true);
		assertThat(times(1)).as("loads since nobody reads").isBetween(read, read + 1);
		assertThat(times(2)).as("loads of what nobody has read").isEqualTo(1);
	}

	private static long times(int id) {
		return Albums.loaded.stream().filter((each) -> each == id).count();
	}

	@Test
	void loadsNoMoreInASecondThanTheRate() {
		start(Albums.Slowly.class);
		await().until(() -> runs() == 1);
		List<Long> loads = List.copyOf(Albums.loads);
		Duration took = Duration.ofNanos(loads.get(loads.size() - 1) - loads.get(0));
		System.out.printf("%d loads in %d ms at 10 a second%n", loads.size(), took.toMillis());
		assertThat(loads).hasSize(Albums.SIZE);
		assertThat(took).isBetween(Duration.ofMillis(100 * (Albums.SIZE - 1) - 30), Duration.ofSeconds(20));
	}

	@Test
	void goesOnWhereSomeEntriesFailAndStartsAnewWhereAllDo() {
		Albums.wire = (id) -> {
			if (id > 2 && Albums.loads.size() < 30) {
				throw new IllegalStateException("expected");
			}
			return id;
		};
		start(Albums.OnStart.class);
		await().until(() -> runs() == 1);
		assertThat(Albums.warmUps).hasSizeBetween(2, 4);
		assertThat(gaps().get(0)).isGreaterThan(Duration.ofMillis(900));
		long loads = Albums.loads.size();
		IntStream.range(15, Albums.SIZE).forEach((id) -> this.nodes.get(0).get(Albums.Catalogue.class).find(id));
		assertThat(Albums.loads).hasSize((int) loads);
	}

}
