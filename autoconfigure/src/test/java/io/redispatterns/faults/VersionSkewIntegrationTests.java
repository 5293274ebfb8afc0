package io.redispatterns.faults;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.redispatterns.faults.Faults.OnDemand;
import io.redispatterns.faults.VersionSkew.Maker;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.Test;

/**
 * Two versions of an application on one cache, and the way back to the first.
 */
@Faults
class VersionSkewIntegrationTests {

	private static final Maker V1 = (id, version) -> new First(id, version, "name");

	@Test
	void f29LoadsAtMostOnceForEachVersion(@Redis StandaloneRedis redis) {
		Duration time = Scale.choose(Duration.ofMillis(1_500), Duration.ofSeconds(12));
		VersionSkew alone = VersionSkew.run(redis, time, V1, V1);
		check("one version", alone, alone.violations());
		for (Map.Entry<String, Maker> change : readable().entrySet()) {
			VersionSkew mixed = VersionSkew.run(redis, time, V1, change.getValue());
			List<String> violations = mixed.violations();
			if (mixed.loadsPerRead() > 2 * alone.loadsPerRead()) {
				violations.add("%.1f times the loads".formatted(mixed.loadsPerRead() / alone.loadsPerRead()));
			}
			check(change.getKey(), mixed, violations);
		}
	}

	private static Map<String, Maker> readable() {
		Map<String, Maker> changes = new LinkedHashMap<>();
		changes.put("component added", (id, version) -> new Added(id, version, "name", 1.5));
		if (Scale.isTable()) {
			changes.put("component removed", (id, version) -> new Removed(id, version));
			changes.put("record to class", Bean::new);
		}
		return changes;
	}

	/**
	 * Each version loads what the other has stored: no value is wrong, but each costs a
	 * load whenever the other version has read it in between.
	 */
	@Test
	@OnDemand
	void f29ServesNoWrongValueWhereNeitherVersionReadsTheOther(@Redis StandaloneRedis redis) {
		Map<String, Maker> changes = Map.of("component renamed", (id, version) -> new Renamed(id, version, "name"),
				"type changed", (id, version) -> new Retyped(id, version, List.of("name")));
		changes.forEach((change, maker) -> {
			VersionSkew mixed = VersionSkew.run(redis, Duration.ofSeconds(12), V1, maker);
			check(change, mixed, mixed.violations());
		});
	}

	private static void check(String change, VersionSkew skew, List<String> violations) {
		FaultTable.check("F29, F30 %s, %.3f loads per read".formatted(change, skew.loadsPerRead()), "lettuce",
				violations);
	}

	record First(int id, long version, String name) implements VersionSkew.Versioned {

	}

	record Added(int id, long version, String name, double price) implements VersionSkew.Versioned {

	}

	record Removed(int id, long version) implements VersionSkew.Versioned {

	}

	record Renamed(int id, long version, String title) implements VersionSkew.Versioned {

	}

	record Retyped(int id, long version, List<String> name) implements VersionSkew.Versioned {

	}

	static class Bean implements VersionSkew.Versioned {

		private int id;

		private long version;

		private String name = "";

		Bean() {
		}

		Bean(int id, long version) {
			this.id = id;
			this.version = version;
			this.name = "name";
		}

		@Override
		public int id() {
			return this.id;
		}

		@Override
		public long version() {
			return this.version;
		}

		public int getId() {
			return this.id;
		}

		public void setId(int id) {
			this.id = id;
		}

		public long getVersion() {
			return this.version;
		}

		public void setVersion(long version) {
			this.version = version;
		}

		public String getName() {
			return this.name;
		}

		public void setName(String name) {
			this.name = name;
		}

	}

}
