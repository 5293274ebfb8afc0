package io.redispatterns.faults;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;

/**
 * The cached reader and the evicting writer of one node.
 */
class Items {

	static final String CACHE = "items";

	private static final ThreadLocal<Long> spent = ThreadLocal.withInitial(() -> 0L);

	private final AtomicIntegerArray running = new AtomicIntegerArray(Database.KEYS);

	private final AtomicInteger mostAtOnce = new AtomicInteger();

	private final Database database;

	private final LoadListener loads;

	Items(Database database, LoadListener loads) {
		this.database = database;
		this.loads = loads;
	}

	@Cacheable(cacheNames = CACHE, sync = true)
	public Item find(int key) {
		long begin = System.nanoTime();
		this.loads.onLoad(key, begin);
		this.mostAtOnce.accumulateAndGet(this.running.incrementAndGet(key), Math::max);
		try {
			return this.database.read(key);
		}
		finally {
			this.running.decrementAndGet(key);
			spent.set(spent.get() + System.nanoTime() - begin);
		}
	}

	@CacheEvict(cacheNames = CACHE, key = "#key")
	public int write(int key) {
		return this.database.write(key);
	}

	/**
	 * How many loads of one key there were at once.
	 */
	public int mostAtOnce() {
		return this.mostAtOnce.get();
	}

	/**
	 * What the calling thread has spent in the database since it was last asked.
	 */
	static long takeSpent() {
		long nanos = spent.get();
		spent.set(0L);
		return nanos;
	}

	interface LoadListener {

		void onLoad(int key, long nanos);

	}

}
