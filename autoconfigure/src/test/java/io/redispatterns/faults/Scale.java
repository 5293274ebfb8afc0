package io.redispatterns.faults;

import java.time.Duration;

/**
 * How long and how wide the rows are: as far as a build bears it, or as the table asks.
 *
 * @param nodes the nodes of an application where it matters
 * @param threads the threads of a node
 * @param warmUp before the fault
 * @param fault how long a fault lasts that can last as long as one likes
 * @param tail after the heal
 */
record Scale(int nodes, int threads, Duration warmUp, Duration fault, Duration tail) {

	private static final Scale BUILD = new Scale(2, 8, Duration.ofSeconds(1), Duration.ofMillis(2_500),
			Duration.ofSeconds(2));

	private static final Scale TABLE = new Scale(3, 32, Duration.ofSeconds(4), Duration.ofSeconds(8),
			Duration.ofSeconds(12));

	static Scale current() {
		return Boolean.getBoolean("redispatterns.faults.table") ? TABLE : BUILD;
	}

	static boolean isTable() {
		return current() == TABLE;
	}

	static Duration choose(Duration build, Duration table) {
		return isTable() ? table : build;
	}

	Scale nodes(int nodes) {
		return new Scale(nodes, this.threads, this.warmUp, this.fault, this.tail);
	}

	Scale threads(int threads) {
		return new Scale(this.nodes, threads, this.warmUp, this.fault, this.tail);
	}

	Scale warmUp(Duration warmUp) {
		return new Scale(this.nodes, this.threads, warmUp, this.fault, this.tail);
	}

	Scale fault(Duration fault) {
		return new Scale(this.nodes, this.threads, this.warmUp, fault, this.tail);
	}

	Scale tail(Duration tail) {
		return new Scale(this.nodes, this.threads, this.warmUp, this.fault, tail);
	}

	Duration length() {
		return this.warmUp.plus(this.fault).plus(this.tail);
	}

}
