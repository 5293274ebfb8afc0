package io.redispatterns.hash;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import io.redispatterns.Patience;
import io.redispatterns.cache.Transactions;
import io.redispatterns.cache.fence.FenceFailureException;
import io.redispatterns.hash.script.HashStatistics.Event;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Fences and releases of hashes that Redis does not take.
 */
class HashFenceFailureIntegrationTests {

	private static final String[] IMPATIENT = Patience.without("redis.resilience.command-timeout=200ms");

	private final AtomicReference<String> database = new AtomicReference<>("old");

	private final TransactionTemplate transaction = new TransactionTemplate(
			new Transactions(() -> this.database.set("new")));

	private String read(HashStore<Track> store) {
		return Objects.requireNonNull(store.get(1, () -> Track.SONG.withName(this.database.get()))).name();
	}

	private void awaitStored(HashStore<Track> store, String name) {
		await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10)).ignoreExceptions().until(() -> {
			assertThat(read(store)).isEqualTo(name);
			return store.get(1).isPresent();
		});
	}

	@Test
	void failsTheTransactionWhereThatIsTheChoice(@Redis StandaloneRedis redis) {
		try (HashNode node = HashNode.start(redis.springProperties(),
				Patience.without("redis.resilience.command-timeout=200ms", "redis.hash.on-fence-failure=fail"))) {
			HashStore<Track> store = node.awaitConnection().store("strict", Track.class);
			awaitStored(store, "old");
			redis.server().freeze();
			assertThatExceptionOfType(FenceFailureException.class).isThrownBy(
					() -> this.transaction.executeWithoutResult((status) -> store.put(1, Track.SONG.withName("new"))))
				.withMessageContaining("hash:strict");
			assertThat(this.database).as("not committed").hasValue("old");
			redis.server().thaw();
			awaitStored(store, "old");
		}
	}

	@Test
	void goesOnWithoutAFenceAndTrustsNoObjectUntilItIsDeleted(@Redis StandaloneRedis redis) {
		try (HashNode node = HashNode.start(redis.springProperties(), IMPATIENT);
				HashNode other = HashNode.start(redis.springProperties(), IMPATIENT)) {
			HashStore<Track> store = node.awaitConnection().store("lenient", Track.class);
			HashStore<Track> seen = other.awaitConnection().store("lenient", Track.class);
			awaitStored(store, "old");
			redis.server().freeze();
			this.transaction.executeWithoutResult((status) -> store.setField(1, "name", "new"));
			assertThat(this.database).hasValue("new");
			assertThat(((RedisHashStore<?>) store).statistics().of(Event.UNFENCED)).isEqualTo(1);
			assertThat(read(store)).isEqualTo("new");
			redis.server().thaw();
			awaitStored(store, "new");
			for (HashStore<Track> each : List.of(store, seen)) {
				awaitStored(each, "new");
				assertThat(read(each)).isEqualTo("new");
			}
		}
	}

	@Test
	void trustsNoObjectThatNeitherAFenceNorAReleaseHasRemoved(@Redis StandaloneRedis redis) {
		try (HashNode node = HashNode.start(redis.springProperties()).awaitConnection();
				HashNode other = HashNode.start(redis.springProperties()).awaitConnection()) {
			HashStore<Track> store = node.store("refused", Track.class);
			HashStore<Track> seen = other.store("refused", Track.class);
			awaitStored(store, "old");
			redis.command("ACL", "SETUSER", "default", "-rename", "-zscore");
			this.transaction.executeWithoutResult((status) -> store.setField(1, "name", "new"));
			assertThat(read(store)).isEqualTo("new");
			assertThat(((RedisHashStore<?>) store).statistics().of(Event.UNFENCED)).isEqualTo(1);
			assertThat(((RedisHashStore<?>) store).statistics().of(Event.UNWRITTEN)).isEqualTo(1);
			awaitStored(store, "new");
			awaitStored(seen, "new");
			redis.command("ACL", "SETUSER", "default", "+@all");
		}
	}

	@Test
	void aReleaseThatIsLostIsCoveredByTheFence(@Redis StandaloneRedis redis) {
		try (HashNode node = HashNode.start(redis.springProperties(), IMPATIENT)) {
			HashStore<Track> store = node.awaitConnection().store("lost", Track.class);
			awaitStored(store, "old");
			new TransactionTemplate(new Transactions(() -> {
				this.database.set("new");
				redis.server().freeze();
			})).executeWithoutResult((status) -> store.put(1, Track.SONG.withName("new")));
			assertThat(((RedisHashStore<?>) store).statistics().of(Event.UNWRITTEN)).isEqualTo(1);
			redis.server().thaw();
			awaitStored(store, "new");
		}
	}

	@Test
	void leavesNothingOldOnAFullServer(@Redis StandaloneRedis redis) {
		try (HashNode node = HashNode.start(redis.springProperties()).awaitConnection()) {
			HashStore<Track> store = node.store("full", Track.class);
			awaitStored(store, "old");
			redis.command("CONFIG", "SET", "maxmemory", "1");
			this.transaction.executeWithoutResult((status) -> store.put(1, Track.SONG.withName("new")));
			assertThat(read(store)).isEqualTo("new");
			redis.command("CONFIG", "SET", "maxmemory", "0");
			awaitStored(store, "new");
		}
	}

}
