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
 * The limiter of one fork, opened on the server of the run. Public because JMH generates
 * code that uses it.
 */
@State(Scope.Benchmark)
public class OpenLimit {

	/** The name of the {@link LimitContestant}. */
	@Param("GCRA")
	public String contestant = LimitContestant.GCRA.name();

	private @Nullable Limit limit;

	@Setup(Level.Trial)
	public void open() {
		this.limit = LimitContestant.valueOf(this.contestant).open(OpenContestant.PORT);
	}

	@TearDown(Level.Trial)
	public void close() {
		limit().close();
	}

	Limit limit() {
		return Objects.requireNonNull(this.limit, "not opened");
	}

}
