package io.redispatterns.cache.delivery;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import io.redispatterns.cache.delivery.Journal.Debt;
import io.redispatterns.cache.near.NearCache;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JournalTests {

	private static final byte[] KEY = { 1 };

	private static final byte[] OTHER = { 2 };

	private final AtomicInteger alarms = new AtomicInteger();

	private final Journal journal = new Journal(NearCache.NONE, Journal.MAX_KEYS, this.alarms::incrementAndGet);

	@Test
	void trustsEverythingWhileItIsEmpty() {
		assertThat(this.journal.trusts(KEY)).isTrue();
		assertThat(this.journal.trusts(Set.of("tag"))).isTrue();
		assertThat(this.journal.isEmpty()).isTrue();
		assertThat(this.journal.next(10)).isEmpty();
		assertThat(this.alarms).hasValue(0);
	}

	@Test
	void trustsNoKeyThatWasLost() {
		this.journal.add(KEY.clone(), 0);
		assertThat(this.journal.trusts(KEY)).isFalse();
		assertThat(this.journal.trusts(OTHER, KEY)).isFalse();
		assertThat(this.journal.trusts(OTHER)).isTrue();
		assertThat(this.journal.trusts(Set.of("tag"))).isTrue();
		assertThat(this.alarms).hasValue(1);
	}

	@Test
	void trustsNoTagThatWasLost() {
		this.journal.addTag("tag");
		assertThat(this.journal.trusts(Set.of("other", "tag"))).isFalse();
		assertThat(this.journal.trusts(Set.of("other"))).isTrue();
		assertThat(this.journal.trusts(KEY)).isTrue();
	}

	@Test
	void holdsEveryKeyWhereNoneStandsForAll() {
		Journal keys = new Journal(NearCache.NONE, Integer.MAX_VALUE, this.alarms::incrementAndGet);
		for (int i = 0; i <= Journal.MAX_KEYS; i++) {
			keys.add(new byte[] { 0, (byte) (i >> 8), (byte) i }, 0);
		}
		assertThat(keys.size()).isEqualTo(Journal.MAX_KEYS + 1);
		assertThat(keys.trusts(OTHER)).isTrue();
	}

	@Test
	void trustsNothingAfterALostClear() {
		this.journal.add(KEY, 0);
		this.journal.addEverything();
		assertThat(this.journal.size()).isEqualTo(1);
		assertThat(this.journal.trusts(OTHER)).isFalse();
		assertThat(this.journal.trusts(Set.of("tag"))).isFalse();
		settleAll();
		assertThat(this.journal.trusts(KEY)).isTrue();
	}

	@Test
	void trustsAgainWhatWasMadeGood() {
		this.journal.add(KEY, 0);
		this.journal.addTag("tag");
		settleAll();
		assertThat(this.journal.isEmpty()).isTrue();
		assertThat(this.journal.trusts(KEY)).isTrue();
		assertThat(this.journal.trusts(Set.of("tag"))).isTrue();
	}

	@Test
	void keepsAKeyThatWasLostAgainMeanwhile() {
		this.journal.add(KEY, 0);
		Debt evicted = this.journal.next(1).get(0);
		this.journal.add(KEY, 0);
		assertThat(this.journal.settle(evicted)).isFalse();
		assertThat(this.journal.trusts(KEY)).isFalse();
	}

	@Test
	void keepsEverythingThatWasLostAgainMeanwhile() {
		this.journal.addEverything();
		Debt cleared = this.journal.next(1).get(0);
		this.journal.add(KEY, 0);
		assertThat(this.journal.settle(cleared)).as("the key was lost after the clear").isFalse();
		assertThat(this.journal.trusts(KEY)).isFalse();
	}

	@Test
	void waitsForTheLatestDeadline() {
		this.journal.add(KEY, 7);
		this.journal.add(KEY, 5);
		this.journal.add(KEY, 0);
		assertThat(this.journal.next(1).get(0).deadline()).isEqualTo(7);
	}

	@Test
	void becomesEverythingWhenThereAreTooMany() {
		for (int i = 0; i < Journal.MAX_KEYS; i++) {
			this.journal.add(new byte[] { (byte) i, (byte) (i >> 8) }, 0);
		}
		this.journal.add(new byte[] { 0, 0 }, 0);
		assertThat(this.journal.size()).isEqualTo(Journal.MAX_KEYS);
		assertThat(this.journal.trusts(KEY)).isTrue();
		this.journal.add(KEY, 0);
		assertThat(this.journal.size()).isEqualTo(1);
		assertThat(this.journal.trusts(OTHER)).isFalse();
		assertThat(this.journal.next(10)).extracting(Debt::subject).containsExactly(Journal.EVERYTHING);
	}

	@Test
	void givesOthersEachTime() {
		for (int i = 0; i < 100; i++) {
			this.journal.add(new byte[] { (byte) i }, 0);
		}
		List<Debt> seen = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			seen.addAll(this.journal.next(10));
		}
		assertThat(new HashSet<>(seen)).hasSize(100);
	}

	private void settleAll() {
		this.journal.next(100).forEach(this.journal::settle);
	}

}
