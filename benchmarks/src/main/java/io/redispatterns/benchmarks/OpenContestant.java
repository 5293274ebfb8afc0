package io.redispatterns.benchmarks;

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The contestant of one fork, opened on the server of the run with every track in it.
 * Public because JMH generates code that uses it.
 */
@State(Scope.Benchmark)
public class OpenContestant {

	static final String PORT_PROPERTY = "benchmarks.redis.port";

	static final int PORT = Integer.getInteger(PORT_PROPERTY, 6379);

	/** The name of the {@link Contestant}. */
	@Param("RAW_LETTUCE")
	public String contestant = Contestant.RAW_LETTUCE.name();

	private @Nullable TrackCache cache;

	@Setup(Level.Trial)
	public void open() {
		this.cache = Contestant.valueOf(this.contestant).open(PORT);
		Tracks.putAll(this.cache);
		Tracks.getAll(this.cache);
	}

	@TearDown(Level.Trial)
	public void close() {
		cache().close();
	}

	TrackCache cache() {
		return Objects.requireNonNull(this.cache, "not opened");
	}

}
