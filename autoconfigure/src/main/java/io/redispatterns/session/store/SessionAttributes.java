package io.redispatterns.session.store;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import io.redispatterns.codec.UnreadableValueException;
import io.redispatterns.session.value.AttributeCodec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attributes of a session: bytes until one is asked for, and what has been set since.
 * One that cannot be read is absent, and its bytes stay for the nodes that can.
 */
final class SessionAttributes {

	private static final Logger logger = LoggerFactory.getLogger(SessionAttributes.class);

	private final AttributeCodec codec;

	private final SessionStatistics statistics;

	private final Map<String, byte[]> stored;

	private final Map<String, @Nullable Object> objects = new HashMap<>();

	private final Set<String> changed = new LinkedHashSet<>();

	private Map<String, byte @Nullable []> pending = Map.of();

	SessionAttributes(AttributeCodec codec, SessionStatistics statistics, Map<String, byte[]> stored) {
		this.codec = codec;
		this.statistics = statistics;
		this.stored = new LinkedHashMap<>(stored);
	}

	@Nullable Object get(String name) {
		byte[] bytes = this.stored.get(name);
		if (bytes != null && !this.objects.containsKey(name)) {
			this.objects.put(name, decode(name, bytes));
		}
		return this.objects.get(name);
	}

	private @Nullable Object decode(String name, byte[] bytes) {
		try {
			return this.codec.decode(bytes);
		}
		catch (UnreadableValueException ex) {
			if (this.statistics.count(SessionEvent.UNREADABLE_ATTRIBUTE)) {
				logger.warn("Session attribute '{}' cannot be read and is taken for absent on this node, as are others"
						+ " that only meters will tell of: {}", name, ex.getMessage());
			}
			return null;
		}
	}

	void set(String name, @Nullable Object value) {
		this.objects.put(name, value);
		this.changed.add(name);
	}

	Set<String> names() {
		Set<String> names = new LinkedHashSet<>(this.stored.keySet());
		this.changed.forEach((name) -> {
			if (this.objects.get(name) != null) {
				names.add(name);
			}
			else {
				names.remove(name);
			}
		});
		return names;
	}

	Set<String> changed() {
		return this.changed;
	}

	/**
	 * What is stored already, without what has changed since.
	 */
	Map<String, byte[]> stored() {
		return this.stored;
	}

	/**
	 * Write what has changed.
	 * @return the bytes by name, {@code null} for an attribute that is removed
	 */
	Map<String, byte @Nullable []> encodeChanged() {
		Map<String, byte @Nullable []> encoded = new LinkedHashMap<>();
		for (String name : this.changed) {
			Object value = this.objects.get(name);
			encoded.put(name, (value != null) ? this.codec.encode(name, value) : null);
		}
		this.pending = encoded;
		return encoded;
	}

	/**
	 * What was encoded last is stored.
	 */
	void written() {
		this.pending.forEach((name, bytes) -> {
			if (bytes != null) {
				this.stored.put(name, bytes);
			}
			else {
				this.stored.remove(name);
			}
		});
		this.changed.removeAll(this.pending.keySet());
	}

}
