package io.redispatterns.hash;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

import io.redispatterns.cache.fence.Participant.Noted;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction has made of the objects of one store.
 */
final class HashChanges implements Noted<HashChanges> {

	private final Map<ByteBuffer, HashChange> objects = new LinkedHashMap<>();

	void note(byte[] key, HashChange change) {
		this.objects.merge(ByteBuffer.wrap(key), change, HashChange::then);
	}

	@Nullable HashChange find(byte[] key) {
		return this.objects.get(ByteBuffer.wrap(key));
	}

	void forEach(BiConsumer<byte[], HashChange> action) {
		this.objects.forEach((key, change) -> action.accept(key.array(), change));
	}

	@Override
	public HashChanges copy() {
		HashChanges copy = new HashChanges();
		copy.objects.putAll(this.objects);
		return copy;
	}

}
