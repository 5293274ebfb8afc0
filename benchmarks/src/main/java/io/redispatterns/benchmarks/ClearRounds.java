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
 * All rounds of {@link ClearProbe}, in milliseconds: what blocks a server is not a ratio.
 */
final class ClearRounds {

	private static final Logger logger = LoggerFactory.getLogger(ClearRounds.class);

	private final Settings settings;

	private final int port;

	ClearRounds(Settings settings, int port) {
		this.settings = settings;
		this.port = port;
	}

	MarkdownTable run() throws IOException {
		Map<Contestant, List<Properties>> findings = new TreeMap<>();
		for (int round = 0; round < this.settings.rounds(); round++) {
			for (Contestant contestant : Contestant.in(Work.CLEAR)) {
				if (this.settings.contestants().contains(contestant)) {
					RedisSocket.flush(this.port);
					Properties found = ChildJvm.likeThis()
						.run(ClearProbe.class, contestant.name(), this.port, this.settings.entries());
					logger.info("clear {} of {}: {} {}", round + 1, this.settings.rounds(), contestant.label(), found);
					findings.computeIfAbsent(contestant, (first) -> new ArrayList<>()).add(found);
				}
			}
		}
		RedisSocket.flush(this.port);
		return table(findings);
	}

	private static MarkdownTable table(Map<Contestant, List<Properties>> findings) {
		MarkdownTable table = new MarkdownTable(List.of("", "caller, ms", "longest stall of another client, ms",
				"its longest stall with nothing cleared, ms"));
		findings.forEach((contestant, found) -> table
			.add(List.of(contestant.label(), text(found, "caller"), text(found, "stall"), text(found, "quiet"))));
		return table;
	}

	private static String text(List<Properties> findings, String name) {
		return Ratio.of(findings.stream().mapToDouble((found) -> Double.parseDouble(found.getProperty(name))).toArray())
			.toString();
	}

}
