package io.redispatterns.invalidation;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

import io.redispatterns.cache.near.InvalidationBus.Trust;
import io.redispatterns.cache.near.NearCache;
import io.redispatterns.cache.near.WriteKind;
import io.redispatterns.invalidation.link.ServerLink;
import io.redispatterns.invalidation.link.Subscriber;
import io.redispatterns.invalidation.link.Subscriber.Receiver;
import io.redispatterns.invalidation.message.Beats;
import io.redispatterns.invalidation.message.InvalidationMessage;
import io.redispatterns.invalidation.message.Rounds;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.redis.Watch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Listens to what other nodes write, from the first near cache or listener on: has then a
 * connection, and a thread that sends the beats, and looks after the connection.
 */
final class Listening implements SmartLifecycle, Receiver {

	private static final Logger logger = LoggerFactory.getLogger(Listening.class);

	private static final byte[] ANY = {};

	private final RedisExecutor redis;

	private final Sender sender;

	private final Rounds rounds;

	private final ServerLink link;

	private final Feeds feeds = new Feeds();

	private final InvalidationStatistics statistics = new InvalidationStatistics();

	private final Beats beats;

	private final Inbox inbox;

	private final Subscriber subscriber;

	private final Watch watch;

	private final long maxSilence;

	private final LongSupplier nanoTime;

	private volatile boolean used;

	private volatile boolean wanted;

	private long number;

	private long begunAt;

	private boolean told;

	/**
	 * Create what does not listen yet.
	 * @param redis the way to the server
	 * @param sender sends the beats
	 * @param rounds counts what is sent
	 * @param settings how to listen
	 */
	Listening(RedisExecutor redis, Sender sender, Rounds rounds, Settings settings) {
		this.redis = redis;
		this.sender = sender;
		this.rounds = rounds;
		this.link = settings.link();
		this.nanoTime = settings.nanoTime();
		this.maxSilence = settings.maxSilence().toNanos();
		this.beats = new Beats(this.maxSilence, settings.nanoTime());
		this.inbox = new Inbox(sender.self(), this.feeds, this.beats, () -> this.link.servers().keySet(),
				this.statistics);
		this.subscriber = this.link.subscriber(List.of(sender.channel(), sender.own()), this);
		Duration beat = settings.maxSilence().dividedBy(8);
		this.watch = new Watch("redis-patterns-invalidation", this::tick,
				(beat.compareTo(Settings.LONGEST_BEAT) < 0) ? beat : Settings.LONGEST_BEAT);
	}

	InvalidationStatistics statistics() {
		return this.statistics;
	}

	boolean isTrusted() {
		return this.beats.hold();
	}

	boolean isListening() {
		return this.wanted;
	}

	Trust feed(String cache, NearCache near) {
		this.feeds.add(cache, near);
		listen();
		return this.beats;
	}

	void listen(ListenerCalls calls) {
		this.inbox.tell(calls);
		listen();
	}

	private void listen() {
		this.used = true;
		this.wanted = true;
		this.watch.begin();
	}

	/**
	 * Tell the others from now on how many messages this node sends.
	 */
	void count() {
		this.watch.begin();
	}

	void forget(WriteKind operation, String cache, byte[] subject) {
		this.feeds.forget(operation, cache, subject);
	}

	private void tick() {
		byte[] counts = this.rounds.end();
		byte[] told = (counts.length == 0) ? null : message(InvalidationMessage.COUNT, 0, "", counts);
		if (this.wanted) {
			look();
		}
		this.number++;
		this.link.servers().forEach((server, tag) -> {
			byte[] sent = ByteBuffer.allocate(Long.BYTES).putLong(this.nanoTime.getAsLong()).array();
			byte[] beat = message(InvalidationMessage.BEAT, this.number, server, sent);
			if (told != null) {
				this.sender.send(tag, this.sender.own(), beat, this.sender.channel(), told);
			}
			else if (this.wanted) {
				this.sender.send(tag, this.sender.own(), beat);
			}
		});
	}

	private byte[] message(byte operation, long sequence, String server, byte[] subject) {
		return new InvalidationMessage(operation, this.sender.self(), sequence, 0, server, subject).encode();
	}

	/**
	 * Look after the connection: one on which nothing comes may be dead, and so may a
	 * server by way of which no beat comes back.
	 */
	private void look() {
		long now = this.nanoTime.getAsLong();
		boolean trusted = this.beats.holds(now);
		if (!trusted && now - this.begunAt > Math.max(this.maxSilence, Settings.LONGEST_ATTEMPT)) {
			this.begunAt = now;
			this.subscriber.end();
			this.link.lookForServers();
		}
		this.subscriber.begin();
		if (trusted != this.told && !this.feeds.areNone()) {
			this.told = trusted;
			logger.info(trusted ? "Near caches are trusted" : "Near caches are not trusted, reads go to Redis");
		}
	}

	@Override
	public void subscribed() {
		this.inbox.begin();
	}

	@Override
	public void received(byte[] message) {
		this.inbox.receive(message, this.redis.now(ANY));
	}

	@Override
	public void lost() {
		this.inbox.lose();
	}

	@Override
	public void start() {
		if (this.used) {
			listen();
		}
	}

	@Override
	public void stop() {
		this.wanted = false;
		this.watch.end();
		this.subscriber.end();
	}

	@Override
	public boolean isRunning() {
		return this.watch.isRunning();
	}

	@Override
	public int getPhase() {
		return 2;
	}

	/**
	 * How to listen.
	 *
	 * @param maxSilence time without a beat after which there is no trust
	 * @param link by which connection
	 * @param nanoTime the time as of {@link System#nanoTime()}
	 */
	record Settings(Duration maxSilence, ServerLink link, LongSupplier nanoTime) {

		private static final Duration LONGEST_BEAT = Duration.ofMillis(250);

		private static final long LONGEST_ATTEMPT = Duration.ofSeconds(1).toNanos();

	}

}
