package io.redispatterns.cache.fence;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.redispatterns.cache.fence.Participant.Noted;
import io.redispatterns.redis.RedisFailureException;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction has made of one cache: the last change of each key, the tags that
 * were evicted, whether it was cleared, and which keys it has missed.
 */
public final class CacheChanges implements Noted<CacheChanges> {

	private static final byte[] NO_KEY = {};

	private static final Change VOIDED = new Change(NO_KEY, null, null, (ex) -> {
	});

	private final Map<ByteBuffer, Change> keys = new LinkedHashMap<>();

	private final Map<String, Consumer<RedisFailureException>> tags = new LinkedHashMap<>();

	private final Set<ByteBuffer> missed = new HashSet<>();

	private @Nullable Consumer<RedisFailureException> clear;

	private @Nullable Long stamp;

	@Override
	public CacheChanges copy() {
		CacheChanges copy = new CacheChanges();
		copy.keys.putAll(this.keys);
		copy.tags.putAll(this.tags);
		copy.missed.addAll(this.missed);
		copy.clear = this.clear;
		return copy;
	}

	/**
	 * Note a put or an eviction. What is put after a miss may have been loaded, and be
	 * older than what another has committed since: without a lease it is not to be
	 * stored.
	 */
	public void change(Change change) {
		ByteBuffer name = ByteBuffer.wrap(change.key());
		boolean unfounded = this.missed.remove(name) || change.isUnfounded();
		this.keys.put(name, unfounded ? change.evicted() : change);
	}

	/**
	 * Note what was written to the database in the transaction, whatever it has missed
	 * before.
	 */
	public void write(Change change) {
		ByteBuffer name = ByteBuffer.wrap(change.key());
		this.missed.remove(name);
		this.keys.put(name, change);
	}

	public void evictTag(String tag, Consumer<RedisFailureException> unseen) {
		this.tags.put(tag, unseen);
		this.keys.replaceAll((key, change) -> change.tags().contains(tag) ? change.evicted() : change);
	}

	/**
	 * Note a clear. The keys that were written before are among those it clears, and
	 * remain for their fences.
	 */
	public void clear(Consumer<RedisFailureException> unseen) {
		this.clear = unseen;
		this.keys.replaceAll((key, change) -> change.evicted());
	}

	/**
	 * Let the value of a change not be stored, as its lease was void before the fence.
	 */
	void refuse(Change change) {
		this.keys.replace(ByteBuffer.wrap(change.key()), change, change.evicted());
	}

	void miss(byte[] key) {
		this.missed.add(ByteBuffer.wrap(key));
	}

	/**
	 * What the transaction is to see of an entry.
	 * @return a change; one without a value, if not with this key, when the entry is
	 * void; {@code null} when it is as it was
	 */
	@Nullable Change find(byte[] key) {
		Change own = this.keys.get(ByteBuffer.wrap(key));
		return (own == null && isVoided()) ? VOIDED : own;
	}

	/**
	 * Whether entries are void that it has not named. Of an evicted tag nobody knows
	 * which, so all are to its own eyes.
	 */
	boolean isVoided() {
		return this.clear != null || !this.tags.isEmpty();
	}

	Collection<Change> keys() {
		return this.keys.values();
	}

	Map<String, Consumer<RedisFailureException>> tags() {
		return this.tags;
	}

	@Nullable Consumer<RedisFailureException> cleared() {
		return this.clear;
	}

	boolean hasValues() {
		return this.keys.values().stream().anyMatch((change) -> change.written() != null);
	}

	Set<String> tagsOfValues() {
		return this.keys.values().stream().flatMap((change) -> change.tags().stream()).collect(Collectors.toSet());
	}

	/**
	 * The stamp of its values, unless there is none yet.
	 */
	@Nullable Long stamp() {
		return this.stamp;
	}

	void stampWith(long stamp) {
		this.stamp = stamp;
	}

}
