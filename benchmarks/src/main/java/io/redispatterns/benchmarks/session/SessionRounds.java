package io.redispatterns.benchmarks.session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

import io.redispatterns.benchmarks.ChildJvm;
import io.redispatterns.benchmarks.MarkdownTable;
import io.redispatterns.benchmarks.RedisSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All rounds of {@link SessionProbe}.
 */
public final class SessionRounds {

	private static final Logger logger = LoggerFactory.getLogger(SessionRounds.class);

	private static final List<String> REQUESTS = List.of("read", "change", "login", "logout");

	private final int rounds;

	private final int times;

	private final int port;

	/**
	 * Create the rounds.
	 * @param rounds how often everything is repeated
	 * @param times how many requests of a kind are timed
	 * @param port the port of the server
	 */
	public SessionRounds(int rounds, int times, int port) {
		this.rounds = rounds;
		this.times = times;
		this.port = port;
	}

	/**
	 * Run them.
	 * @return a row for each contestant
	 * @throws IOException if a JVM or the server fails
	 */
	public MarkdownTable run() throws IOException {
		Map<SessionContestant, List<Properties>> findings = new TreeMap<>();
		for (int round = 0; round < this.rounds; round++) {
			for (SessionContestant contestant : SessionContestant.values()) {
				RedisSocket.flush(this.port);
				Properties found = ChildJvm.likeThis()
					.run(SessionProbe.class, contestant.name(), this.port, this.times);
				logger.info("session {} of {}: {} {}", round + 1, this.rounds, contestant.label(), found);
				findings.computeIfAbsent(contestant, (first) -> new ArrayList<>()).add(found);
			}
		}
		RedisSocket.flush(this.port);
		List<String> header = new ArrayList<>(List.of(""));
		REQUESTS.forEach((request) -> header.add(request + ": commands, bytes, µs"));
		MarkdownTable table = new MarkdownTable(header);
		findings.forEach((contestant, found) -> {
			List<String> row = new ArrayList<>(List.of(contestant.label()));
			REQUESTS.forEach((request) -> row.add("%s, %s, %s".formatted(median(found, request + ".commands"),
					median(found, request + ".bytes"), median(found, request + ".micros"))));
			table.add(row);
		});
		return table;
	}

	private static String median(List<Properties> findings, String name) {
		double[] sorted = findings.stream()
			.mapToDouble((found) -> Double.parseDouble(found.getProperty(name)))
			.sorted()
			.toArray();
		return "%,.0f".formatted(sorted[sorted.length / 2]);
	}

}
