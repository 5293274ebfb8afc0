package io.redispatterns.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

import io.redispatterns.benchmarks.session.SessionRounds;
import org.openjdk.jmh.runner.RunnerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one command: starts a server, runs what the {@link Settings} ask for, prints the
 * tables and, unless it was a quick run, keeps them in the README.
 */
public final class BenchmarkMain {

	private static final Logger logger = LoggerFactory.getLogger(BenchmarkMain.class);

	private final Settings settings;

	private final int port;

	private BenchmarkMain(Settings settings, int port) {
		this.settings = settings;
		this.port = port;
	}

	public static void main(String[] args) throws IOException, RunnerException {
		Settings settings = Settings.fromSystemProperties();
		try (RedisProcess redis = RedisProcess.start()) {
			new BenchmarkMain(settings, redis.port()).run();
		}
	}

	private void run() throws IOException, RunnerException {
		Readme readme = new Readme(Path.of("README.md"));
		for (Work work : this.settings.works()) {
			String text = measure(work) + "\n\n" + conditions(work);
			logger.info("\n{}:\n\n{}\n", work.label(), text);
			if (!this.settings.quick()) {
				readme.replace(work, text);
			}
		}
	}

	private MarkdownTable measure(Work work) throws IOException, RunnerException {
		return switch (work) {
			case HIT -> measure(work, CacheHitBenchmark.class);
			case NEAR -> measure(work, CacheHitBenchmark.class);
			case PUT -> measure(work, CachePutBenchmark.class);
			case BULK -> measure(work, BulkGetBenchmark.class);
			case CLEAR -> new ClearRounds(this.settings, this.port).run();
			case SEEN -> new SeenRounds(this.settings, this.port).run();
			case HERD -> new HerdRounds(this.settings, this.port).run();
			case SESSION -> new SessionRounds(this.settings.rounds(), this.settings.requests(), this.port).run();
			case LIMIT -> new LimitRounds(this.settings, this.port).run();
			case STARTUP -> new StartupProbe(this.settings, this.port).run();
		};
	}

	private MarkdownTable measure(Work work, Class<?> benchmark) throws IOException, RunnerException {
		return new SampleTable(work, new JmhRounds(this.settings, this.port).run(work, benchmark)).markdown();
	}

	private String conditions(Work work) throws IOException {
		int times = (work != Work.STARTUP) ? this.settings.rounds() : this.settings.starts();
		try (RedisSocket socket = new RedisSocket(this.port)) {
			String version = socket.send("INFO server")
				.lines()
				.filter((line) -> line.startsWith("redis_version"))
				.findFirst()
				.orElse("");
			return "%s: median of %d (lowest-highest), Java %s, %s, %d processors%s.".formatted(
					LocalDate.now(ZoneOffset.UTC), times, Runtime.version().feature(),
					version.replace("redis_version:", "Redis "), Runtime.getRuntime().availableProcessors(),
					this.settings.quick() ? ", a quick run" : "");
		}
	}

}
