package io.redispatterns.ratelimit.call;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GateTests {

	private static final long MILLISECOND = 1_000_000L;

	private final AtomicLong clock = new AtomicLong();

	private final Gate gate = new Gate(50 * MILLISECOND, this.clock::get);

	private final List<CompletableFuture<?>> looks = new ArrayList<>();

	private final CompletableFuture<?> telling = new CompletableFuture<>();

	private boolean isOpen() {
		return this.gate.isOpen(() -> {
			CompletableFuture<?> look = new CompletableFuture<>();
			this.looks.add(look);
			return look;
		}, () -> this.telling);
	}

	@Test
	void isOpenUntilShut() {
		assertThat(isOpen()).isTrue();
		this.gate.shut();
		assertThat(isOpen()).isFalse();
		assertThat(this.gate.isShut()).isTrue();
		assertThat(this.looks).as("at once").hasSize(1);
	}

	@Test
	void looksAtMostTenTimesASecond() {
		this.gate.shut();
		for (int i = 0; i < 1000; i++) {
			assertThat(isOpen()).isFalse();
			this.clock.addAndGet(MILLISECOND);
			this.looks.forEach((look) -> look.completeExceptionally(new IllegalStateException()));
		}
		assertThat(this.looks).hasSize(10);
	}

	@Test
	void looksAndTellsOneAfterAnother() {
		this.gate.shut();
		for (int i = 0; i < 10; i++) {
			assertThat(isOpen()).isFalse();
			this.clock.addAndGet(100 * MILLISECOND);
		}
		assertThat(this.looks).as("while a look is under way").hasSize(1);
		this.looks.get(0).complete(null);
		isOpen();
		this.looks.get(1).complete(null);
		for (int i = 0; i < 10; i++) {
			assertThat(isOpen()).isFalse();
			this.clock.addAndGet(100 * MILLISECOND);
		}
		assertThat(this.looks).as("while the server is told").hasSize(2);
		this.telling.complete(null);
		assertThat(isOpen()).isTrue();
	}

	@Test
	void opensWhenALookIsAnsweredInTime() {
		this.gate.shut();
		isOpen();
		this.clock.addAndGet(51 * MILLISECOND);
		this.looks.get(0).complete(null);
		assertThat(isOpen()).as("answered too late").isFalse();
		this.clock.addAndGet(100 * MILLISECOND);
		isOpen();
		this.looks.get(1).completeExceptionally(new IllegalStateException());
		assertThat(isOpen()).as("failed").isFalse();
		this.clock.addAndGet(100 * MILLISECOND);
		isOpen();
		this.looks.get(2).complete(null);
		assertThat(isOpen()).as("the server does not know yet").isFalse();
		this.telling.complete(null);
		assertThat(isOpen()).isTrue();
	}

}
