package io.redispatterns.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All rounds of {@link SeenProbe}, in microseconds.
 */
final class SeenRounds {

	private static final Logger logger = LoggerFactory.getLogger(SeenRounds.class);

	private final Settings settings;

	private final int port;

	SeenRounds(Settings settings, int port) {
		this.settings = settings;
		this.port = port;
	}

	MarkdownTable run() throws IOException {
		Map<Contestant, List<Properties>> findings = new TreeMap<>();
		for (int round = 0; round < this.settings.rounds(); round++) {
			for (Contestant contestant : Contestant.in(Work.SEEN)) {
				if (this.settings.contestants().contains(contestant)) {
					RedisSocket.flush(this.port);
					Properties found = ChildJvm.likeThis().run(SeenProbe.class, contestant.name(), this.port);
					logger.info("seen {} of {}: {} {}", round + 1, this.settings.rounds(), contestant.label(), found);
					findings.computeIfAbsent(contestant, (first) -> new ArrayList<>()).add(found);
				}
			}
		}
		MarkdownTable table = new MarkdownTable(List.of("", "p50, µs", "p99, µs"));
		findings.forEach(
				(contestant, found) -> table.add(List.of(contestant.label(), text(found, "p50"), text(found, "p99"))));
		return table;
	}

	private static String text(List<Properties> findings, String name) {
		return Ratio.of(findings.stream().mapToDouble((found) -> Double.parseDouble(found.getProperty(name))).toArray())
			.toString();
	}

}
