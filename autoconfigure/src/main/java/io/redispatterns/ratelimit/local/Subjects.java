package io.redispatterns.ratelimit.local;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

import io.redispatterns.ratelimit.local.LocalLimiter.Counts;
import org.jspecify.annotations.Nullable;

/**
 * The subjects that were seen last: two generations, of which the older is dropped when
 * the younger is full. Safe for use by many threads.
 */
final class Subjects {

	private final int half;

	private volatile ConcurrentHashMap<String, Counts> young = new ConcurrentHashMap<>();

	private volatile ConcurrentHashMap<String, Counts> old = new ConcurrentHashMap<>();

	Subjects(int maxKeys) {
		this.half = Math.max(maxKeys / 2, 1);
	}

	@Nullable Counts find(String subject) {
		Counts counts = this.young.get(subject);
		return (counts != null) ? counts : this.old.get(subject);
	}

	Counts get(String subject) {
		Counts counts = this.young.get(subject);
		return (counts != null) ? counts : enter(subject);
	}

	void remove(String subject) {
		this.old.remove(subject);
		this.young.remove(subject);
	}

	void forEach(BiConsumer<String, Counts> action) {
		this.old.forEach(action);
		this.young.forEach(action);
	}

	private synchronized Counts enter(String subject) {
		if (this.young.size() >= this.half) {
			this.old = this.young;
			this.young = new ConcurrentHashMap<>();
		}
		return this.young.computeIfAbsent(subject, (key) -> {
			Counts counts = this.old.remove(key);
			return (counts != null) ? counts : new Counts();
		});
	}

}
