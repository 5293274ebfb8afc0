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
 * All rounds of {@link HerdProbe}, in milliseconds, on one node and on two.
 */
final class HerdRounds {

	private static final Logger logger = LoggerFactory.getLogger(HerdRounds.class);

	private static final int MOST_NODES = 2;

	private final Settings settings;

	private final int port;

	HerdRounds(Settings settings, int port) {
		this.settings = settings;
		this.port = port;
	}

	MarkdownTable run() throws IOException {
		MarkdownTable table = new MarkdownTable(
				List.of("", "nodes", "loads", "p50, ms", "p99, ms", "commands for a herd"));
		for (int nodes = 1; nodes <= MOST_NODES; nodes++) {
			add(table, nodes);
		}
		return table;
	}

	private void add(MarkdownTable table, int nodes) throws IOException {
		Map<Contestant, List<Properties>> findings = new TreeMap<>();
		for (int round = 0; round < this.settings.rounds(); round++) {
			for (Contestant contestant : Contestant.in(Work.HERD)) {
				if (this.settings.contestants().contains(contestant)) {
					RedisSocket.flush(this.port);
					Properties found = ChildJvm.likeThis().run(HerdProbe.class, contestant.name(), this.port, nodes);
					logger.info("herd {} of {}: {} {}", round + 1, this.settings.rounds(), contestant.label(), found);
					findings.computeIfAbsent(contestant, (first) -> new ArrayList<>()).add(found);
				}
			}
		}
		findings.forEach((contestant, found) -> table.add(List.of(contestant.label(), String.valueOf(nodes),
				text(found, "loads"), text(found, "p50"), text(found, "p99"), text(found, "commands"))));
	}

	private static String text(List<Properties> findings, String name) {
		return Ratio.of(findings.stream().mapToDouble((found) -> Double.parseDouble(found.getProperty(name))).toArray())
			.toString();
	}

}
