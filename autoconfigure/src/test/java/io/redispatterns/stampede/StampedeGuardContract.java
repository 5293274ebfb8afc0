package io.redispatterns.stampede;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import io.redispatterns.Patience;
import io.redispatterns.cache.lease.Lease;
import io.redispatterns.cache.lease.Lease.State;
import io.redispatterns.cache.lease.StampedeGuard.Admission;
import io.redispatterns.test.RedisTopology;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What every guard does for two nodes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StampedeGuardContract {

	private static final String[] PATIENT = Patience.and("redis.stampede.lease=10s", "redis.stampede.wait=10s")
		.toArray(String[]::new);

	private static final Duration WELL_BEFORE = Duration.ofSeconds(5);

	private GuardNode one;

	private GuardNode two;

	private final RedisTopology servers;

	private final String guard;

	private final String client;

	StampedeGuardContract(RedisTopology servers, String guard, String client) {
		this.servers = servers;
		this.guard = guard;
		this.client = client;
	}

	/**
	 * Whether one node waits for another.
	 */
	private boolean guardsTheCluster() {
		return this.guard.equals("redisson") || this.guard.equals("lease");
	}

	@BeforeAll
	void start() {
		this.one = node(PATIENT);
		this.two = node(PATIENT);
	}

	private GuardNode node(String... properties) {
		String[] all = Stream.concat(Stream.of("spring.data.redis.client-type=" + this.client), Stream.of(properties))
			.toArray(String[]::new);
		return GuardNode.start(this.servers.springProperties(), this.guard, all).warm();
	}

	@AfterAll
	void stop() {
		this.one.close();
		this.two.close();
	}

	@Test
	void letsOneCallerLoadUnlessItGuardsOnlyOneNode() {
		String name = name();
		Admission first = now(this.one.guard().enter(this.one.entry(name)));
		assertThat(first.lease().state()).isEqualTo(State.GRANTED);
		CompletableFuture<Admission> second = this.two.guard().enter(this.two.entry(name));
		if (!guardsTheCluster()) {
			assertThat(now(second).lease().token()).isEqualTo(first.lease().token());
			return;
		}
		assertWaits(second);
		assertThat(this.one.entry(name).fill(first.lease(), "value")).isTrue();
		first.leave().run();
		Admission woken = now(second);
		assertThat(woken.lease().state()).isEqualTo(State.FOUND);
		woken.leave().run();
	}

	@Test
	void wakesAllWhoWaitWhenTheEntryIsFilled() {
		String name = name();
		Admission first = now(this.one.guard().enter(this.one.entry(name)));
		List<CompletableFuture<Admission>> others = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			others.add(this.one.guard().enter(this.one.entry(name)));
			others.add(this.two.guard().enter(this.two.entry(name)));
		}
		if (!guardsTheCluster()) {
			others.forEach(this::now);
		}
		this.one.entry(name).fill(first.lease(), "value");
		first.leave().run();
		long granted = others.stream().map(this::now).filter((admission) -> {
			admission.leave().run();
			return admission.lease().state() == State.GRANTED;
		}).count();
		assertThat(granted).isEqualTo(guardsTheCluster() ? 0 : others.size());
	}

	@Test
	void letsTheNextLoadWhenALoadFails() {
		String name = name();
		Admission first = now(this.one.guard().enter(this.one.entry(name)));
		CompletableFuture<Admission> second = this.two.guard().enter(this.two.entry(name));
		this.one.entry(name).abandon(first.lease());
		first.leave().run();
		Admission next = now(second);
		assertThat(next.lease().state()).isEqualTo(State.GRANTED);
		next.leave().run();
	}

	@Test
	void letsDifferentKeysLoadInParallel() {
		List<String> names = Stream.generate(StampedeGuardContract::name).limit(32).toList();
		List<CompletableFuture<Admission>> all = new ArrayList<>();
		for (int i = 0; i < names.size(); i++) {
			GuardNode node = (i % 2 == 0) ? this.one : this.two;
			all.add(node.guard().enter(node.entry(names.get(i))));
		}
		assertThat(all).allSatisfy((entered) -> assertThat(now(entered).lease().state()).isEqualTo(State.GRANTED));
		all.forEach((entered) -> now(entered).leave().run());
	}

	@Test
	void endsTheLeaseOfADeadHolder() {
		String name = name();
		String[] settings = Stream.concat(Stream.of(PATIENT), Stream.of("redis.stampede.lease=1s"))
			.toArray(String[]::new);
		GuardNode dead = node(settings);
		try (GuardNode survivor = node(settings)) {
			assertThat(now(dead.guard().enter(dead.entry(name))).lease().state()).isEqualTo(State.GRANTED);
			CompletableFuture<Admission> second = survivor.guard().enter(survivor.entry(name));
			dead.close();
			long begun = System.nanoTime();
			Admission next = now(second);
			assertThat(next.lease().state()).isEqualTo(State.GRANTED);
			// Beside the lease only what a busy machine may take
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(2500));
			next.leave().run();
		}
	}

	@Test
	void letsACallerLoadWhoHasWaitedLongEnough() {
		String name = name();
		Admission first = now(this.one.guard().enter(this.one.entry(name)));
		String[] settings = Stream.concat(Stream.of(PATIENT), Stream.of("redis.stampede.wait=300ms"))
			.toArray(String[]::new);
		try (GuardNode impatient = node(settings)) {
			long begun = System.nanoTime();
			Admission second = now(impatient.guard().enter(impatient.entry(name)));
			Duration waited = Duration.ofNanos(System.nanoTime() - begun);
			assertThat(second.lease().state()).isEqualTo(State.GRANTED);
			assertThat(second.lease().token()).isEqualTo(first.lease().token());
			assertThat(waited).isLessThan(Duration.ofSeconds(3));
			if (guardsTheCluster()) {
				assertThat(waited).isGreaterThan(Duration.ofMillis(250));
			}
			second.leave().run();
		}
		first.leave().run();
	}

	@Test
	void leavesOnce() {
		String name = name();
		LeasedEntry entry = this.one.entry(name);
		Admission first = now(this.one.guard().enter(entry));
		entry.abandon(first.lease());
		first.leave().run();
		Admission second = now(this.one.guard().enter(entry));
		first.leave().run();
		CompletableFuture<Admission> third = this.two.guard().enter(this.two.entry(name));
		if (guardsTheCluster()) {
			assertWaits(third);
		}
		entry.abandon(second.lease());
		second.leave().run();
		now(third).leave().run();
	}

	@Test
	void sharesTheLoadsOfANodeUnlessNobodyGuards() {
		assertThat(this.one.guard().sharesLoads()).isEqualTo(!this.guard.equals("none"));
		assertThat(this.one.guard().leaseTime()).isEqualTo(Duration.ofSeconds(10));
	}

	static void assertWaits(CompletableFuture<Admission> entered) {
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> entered.get(300, TimeUnit.MILLISECONDS));
	}

	/**
	 * What becomes of a caller long before any lease ends.
	 */
	Admission now(CompletableFuture<Admission> entered) {
		assertThat(entered).succeedsWithin(WELL_BEFORE);
		Admission admission = entered.join();
		assertThat(admission.lease().state()).isNotEqualTo(Lease.State.BUSY);
		return admission;
	}

	static String name() {
		return UUID.randomUUID().toString();
	}

}
