package io.redispatterns.cache.flight;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

import io.redispatterns.cache.lease.Miss;
import org.jspecify.annotations.Nullable;

/**
 * One load, whose value everybody aboard gets.
 */
public final class Flight {

	private final Flights flights;

	private final ByteBuffer key;

	private final @Nullable Thread pilot;

	private final long writes;

	private final CompletableFuture<Landing> landing = new CompletableFuture<>();

	private final CompletableFuture<Landing> served = new CompletableFuture<>();

	private volatile CompletableFuture<Boolean> turn = new CompletableFuture<>();

	private volatile boolean hurried;

	private volatile boolean boarded;

	private volatile boolean closed;

	private volatile boolean loading;

	private long begun;

	/**
	 * A flight that is not open yet.
	 * @param flights where it may be opened
	 * @param key what it loads
	 * @param pilot the thread that loads, if it is a single one
	 */
	Flight(Flights flights, byte[] key, @Nullable Thread pilot) {
		this.flights = flights;
		this.key = ByteBuffer.wrap(key);
		this.pilot = pilot;
		this.writes = flights.writes(key);
	}

	/**
	 * Whether no write of this node has come between. Of a flight that nobody could
	 * board, a write of another key may be taken for one of its own.
	 */
	public boolean isCurrent() {
		return this.boarded ? this.flights.isOpen(this) : this.flights.writes(key()) == this.writes;
	}

	ByteBuffer name() {
		return this.key;
	}

	public byte[] key() {
		return this.key.array();
	}

	@Nullable Thread pilot() {
		return this.pilot;
	}

	/**
	 * Take note that its load begins.
	 */
	public void begin() {
		this.begun = System.nanoTime();
		this.loading = true;
	}

	/**
	 * How long one aboard still waits who waits for a load for so long at most. While
	 * others are waited for, who may load it, that time does not begin.
	 * @param patience how long he waits for a load, in nanoseconds
	 */
	public long left(long patience) {
		return this.loading ? patience - (System.nanoTime() - this.begun) : patience;
	}

	/**
	 * The end, for those aboard.
	 * @param miss what one of them has missed: who waited for Redis in vain does not wait
	 * until the value is found good
	 */
	public CompletableFuture<Landing> landing(Miss miss) {
		return (miss != Miss.UNKNOWN) ? this.landing : this.served;
	}

	public CompletableFuture<Boolean> turn() {
		return this.turn;
	}

	/**
	 * Whether its loader is one of those that a caller runs in, who would wait for
	 * himself.
	 */
	public boolean isAround(@Nullable Loading loading) {
		return loading != null && loading.isOf(this);
	}

	/**
	 * Let the loader go ahead of its turn, where somebody waits for it who is on a turn.
	 */
	public synchronized void hurry(boolean nested) {
		if (nested) {
			this.hurried = true;
			this.turn.complete(false);
		}
	}

	boolean isHurried() {
		return this.hurried;
	}

	/**
	 * Let one loader bring this flight and others, in one turn.
	 * @param turn the turn of that loader
	 */
	public synchronized void share(CompletableFuture<Boolean> turn) {
		this.turn = turn;
		hurry(this.hurried);
	}

	void board() {
		this.boarded = true;
	}

	/**
	 * Whether it is too late for the value: who comes now may have asked after a write
	 * that came after the value was found good.
	 */
	public boolean isClosed() {
		return this.closed;
	}

	/**
	 * Let nobody more have the value, which is about to be found good.
	 */
	public void closeDoors() {
		this.closed = true;
	}

	/**
	 * Let those have the value who do not wait longer, now that it can no longer change
	 * under the writing.
	 */
	public void serve(@Nullable Object value) {
		this.served.complete(new Landing(value, true));
	}

	public void land(@Nullable Object value, boolean good) {
		this.flights.close(this);
		serve(value);
		this.landing.complete(new Landing(value, good));
	}

	public void crash(Throwable failure) {
		this.flights.close(this);
		this.served.completeExceptionally(failure);
		this.landing.completeExceptionally(failure);
	}

	/**
	 * The end of a flight.
	 *
	 * @param value the value
	 * @param good whether no write had voided it when the doors were closed
	 */
	public record Landing(@Nullable Object value, boolean good) {

		/**
		 * Stands for the end of a flight that is not waited for any longer.
		 */
		public static final Landing OVERDUE = new Landing(null, false);

	}

}
