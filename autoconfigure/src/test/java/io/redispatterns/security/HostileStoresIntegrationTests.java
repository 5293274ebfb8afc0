package io.redispatterns.security;

import java.io.ByteArrayInputStream;
import java.io.ObjectInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.CRC32C;

import io.redispatterns.security.EveryPattern.Track;
import io.redispatterns.test.Redis;
import io.redispatterns.test.StandaloneRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.DataType;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.stream.StreamRecords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Somebody else writes to Redis, and puts what makes objects into every key that the
 * application has there, and on every channel.
 */
class HostileStoresIntegrationTests {

	private static final Set<DataType> STORES = Set.of(DataType.NONE, DataType.STRING, DataType.HASH, DataType.STREAM,
			DataType.ZSET);

	@Redis
	static StandaloneRedis redis;

	private static EveryPattern application;

	@BeforeAll
	static void start() {
		application = EveryPattern.start(redis.springProperties()).connected();
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	/** Else there would be nothing to hear in the other tests. */
	@Test
	void hearsACanaryThatIsMade() throws Exception {
		int before = Canary.made();
		for (byte[] payload : Canary.payloads()) {
			if (payload.length > 2 && payload[0] == (byte) 0xAC && payload.length < 1000) {
				new ObjectInputStream(new ByteArrayInputStream(payload)).readObject();
			}
		}
		assertThat(Canary.made()).isGreaterThan(before);
	}

	@Test
	void makesNothingThatBytesName() {
		int before = Canary.made();
		use(1);
		for (byte[] payload : Canary.payloads()) {
			for (boolean sealed : new boolean[] { false, true }) {
				overwrite(payload, sealed);
				announce(payload);
				assertThatCode(() -> use(1)).as("what a caller sees of %d bytes", payload.length)
					.doesNotThrowAnyException();
			}
		}
		assertThat(Canary.made()).as("canaries").isEqualTo(before);
	}

	@Test
	void hearsGoodMessagesAfterBadOnes() {
		application.useNear(7);
		Canary.payloads().forEach(HostileStoresIntegrationTests::announce);
		application.useNear(7);
		assertThat(application.shop().near(7)).isEqualTo(Track.of(7));
	}

	private static void use(int id) {
		application.useCaches(id);
		application.useNear(id);
		application.useWriteThrough(id);
		application.useHashes(id);
		application.useRateLimits("subject" + id);
		assertThat(application.shop().track(id)).isEqualTo(Track.of(id));
		assertThat(application.shop().tagged(id)).isEqualTo(Track.of(id));
		application.shop().warmed(id);
	}

	private static void overwrite(byte[] payload, boolean sealed) {
		try (RedisConnection connection = application.get(RedisConnectionFactory.class).getConnection()) {
			for (Object name : (List<?>) Objects.requireNonNull(redis.command("KEYS", EveryPattern.NAMESPACE + ":*"))) {
				byte[] key = name.toString().getBytes(StandardCharsets.UTF_8);
				overwrite(connection, key, payload, sealed);
			}
		}
	}

	private static void overwrite(RedisConnection connection, byte[] key, byte[] payload, boolean sealed) {
		DataType type = Objects.requireNonNull(connection.keyCommands().type(key));
		assertThat(STORES).contains(type);
		switch (type) {
			case STRING -> connection.stringCommands()
				.set(key, sealed ? sealed(connection.stringCommands().get(key), payload) : payload);
			case HASH -> {
				Set<byte[]> fields = Objects.requireNonNull(connection.hashCommands().hKeys(key));
				fields.forEach((field) -> connection.hashCommands().hSet(key, field, payload));
			}
			case STREAM ->
				connection.streamCommands().xAdd(StreamRecords.rawBytes(Map.of(payload, payload)).withStreamKey(key));
			case ZSET -> connection.zSetCommands().zAdd(key, 1, payload);
			default -> {
			}
		}
	}

	/**
	 * The entry that was there with another value and its sum made right, where it is
	 * one.
	 */
	private static byte[] sealed(byte[] entry, byte[] payload) {
		if (entry == null || entry.length < 27 || entry[0] != (byte) 0xC5) {
			return payload;
		}
		int head = 15 + (((entry[2] & 4) != 0) ? 8 : 0) + (((entry[2] & 8) != 0) ? 12 : 0);
		byte[] forged = Canary.concat(Arrays.copyOf(entry, head), payload);
		CRC32C sum = new CRC32C();
		sum.update(forged, 0, 11);
		sum.update(forged, 15, forged.length - 15);
		ByteBuffer.wrap(forged).putInt(11, (int) sum.getValue());
		return forged;
	}

	private static void announce(byte[] payload) {
		try (RedisConnection connection = application.get(RedisConnectionFactory.class).getConnection()) {
			for (Object channel : (List<?>) Objects.requireNonNull(redis.command("PUBSUB", "CHANNELS"))) {
				connection.publish(channel.toString().getBytes(StandardCharsets.UTF_8), payload);
				connection.publish(channel.toString().getBytes(StandardCharsets.UTF_8),
						Canary.concat(new byte[] { 1, 'h' }, payload));
			}
		}
	}

}
