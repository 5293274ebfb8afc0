package io.redispatterns.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SampleTableTests {

	@Test
	void pairsRoundsInWhateverOrderTheyRan() {
		List<Sample> samples = List.of(sample(Contestant.RAW_LETTUCE, 10), sample(Contestant.LETTUCE_AND_JACKSON, 20),
				sample(Contestant.JETCACHE, 40), sample(Contestant.JETCACHE, 90),
				sample(Contestant.LETTUCE_AND_JACKSON, 30), sample(Contestant.RAW_LETTUCE, 30));
		assertThat(new SampleTable(Work.PUT, samples).markdown().toString().lines())
			.contains("| raw-lettuce | 1.00 | 0.75 (0.50-1.00) | 0.75 (0.50-1.00) | 1,234 | SET + 2 HGET + 0.50 PING |")
			.contains("| jetcache | 3.50 (3.00-4.00) | 2.50 (2.00-3.00) | 2.50 (2.00-3.00) | 1,234 "
					+ "| SET + 2 HGET + 0.50 PING |");
	}

	private static Sample sample(Contestant contestant, double micros) {
		Map<String, Double> commands = new LinkedHashMap<>();
		commands.put("set", 1.001);
		commands.put("hget", 2.0);
		commands.put("ping", 0.5);
		commands.put("client", 0.001);
		return new Sample(contestant, 8, micros, micros, 1234, commands);
	}

}
