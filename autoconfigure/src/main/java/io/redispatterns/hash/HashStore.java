package io.redispatterns.hash;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Objects of one class in Redis, each a hash with a field for each property, under a
 * time-to-live. Properties go by their names in JSON.
 * <p>
 * Every call blocks until Redis has answered, is atomic, and throws
 * {@link io.redispatterns.redis.RedisFailureException} when there is no answer, upon
 * which a write may have been made or not, or is made within the command timeout since it
 * was sent, as the server's clock has it, and not later. Only
 * {@link #get(Object, Supplier)} goes on without Redis. What cannot be read as an object
 * of the class is taken for absent.
 * <p>
 * Within a transaction that can change data, a put, a write of fields and a deletion
 * return {@code true} at once, are seen by the transaction only, and take effect with its
 * commit, unless another has written the object meanwhile, upon which there is none.
 * <p>
 * A key may be what an argument of a cached method may be. Safe for use by many threads.
 *
 * @param <T> the class of the objects
 */
public interface HashStore<T> {

	/**
	 * Store a whole object, in place of any that is there, and void the loads that are
	 * under way. Its time-to-live begins anew.
	 * @param key what identifies the object
	 * @param object the object
	 * @return {@code false} when the one that is there has a higher version, and stays,
	 * or when a transaction is about to write it, upon which there is none
	 */
	boolean put(Object key, T object);

	/**
	 * Read an object.
	 * @param key what identifies the object
	 * @return the object, empty when there is none
	 */
	Optional<T> get(Object key);

	/**
	 * Read an object, or load and store it. A load is not stored when the object was
	 * written or deleted since it began, on whichever node, and what a transaction has
	 * loaded not before its commit. Callers who miss the object at once share a load:
	 * those of this node what it gave or threw, those of others what it has stored.
	 * @param key what identifies the object
	 * @param loader loads it on the calling thread; what it throws reaches the caller,
	 * what is {@code null} is not stored
	 * @return the object, or what the loader gave
	 */
	@Nullable T get(Object key, Supplier<? extends @Nullable T> loader);

	/**
	 * Read several objects, all asked for together, each atomically.
	 * @param <K> the type of the keys
	 * @param keys what identifies the objects
	 * @return those that are there, in the order of the keys
	 */
	<K> Map<K, T> getAll(Collection<? extends K> keys);

	/**
	 * Read one property.
	 * @param <V> the type of the property
	 * @param key what identifies the object
	 * @param property its name
	 * @param type its declared class, or one above it
	 * @return the value, empty when it is {@code null} or there is no object
	 * @throws IllegalArgumentException if there is no property of the name and class
	 */
	<V> Optional<V> getField(Object key, String property, Class<V> type);

	/**
	 * Read several properties of one version of the object.
	 * @param key what identifies the object
	 * @param properties their names
	 * @return the values by name in the given order, empty when there is no object
	 */
	Map<String, @Nullable Object> getFields(Object key, String... properties);

	/**
	 * Write one property of an object that is there, whose time-to-live goes on.
	 * @param key what identifies the object
	 * @param property its name
	 * @param value the value
	 * @return {@code false} when there is no object, and nothing is written
	 */
	boolean setField(Object key, String property, @Nullable Object value);

	/**
	 * Write several properties of an object that is there at once.
	 * @param key what identifies the object
	 * @param values the values by name; with the version among them, a lower one than
	 * that of the object is refused
	 * @return {@code false} when nothing is written, as there is no object, or one with a
	 * higher version
	 */
	boolean setFields(Object key, Map<String, ?> values);

	/**
	 * Add to a property that is a whole number of at most 64 bits, at once.
	 * @param key what identifies the object
	 * @param property its name
	 * @param delta what to add
	 * @return the sum, empty when there is no object
	 * @throws ArithmeticException if the sum does not fit the property, which stays
	 * @throws IllegalStateException if the caller is in a transaction that can change
	 * data, whose rollback would make the sum wrong
	 */
	OptionalLong increment(Object key, String property, long delta);

	/**
	 * Add to a property that is a {@code BigDecimal}, without loss and at once.
	 * @param key what identifies the object
	 * @param property its name
	 * @param delta what to add
	 * @return the sum, empty when there is no object
	 * @throws IllegalStateException if the caller is in a transaction that can change
	 * data, whose rollback would make the sum wrong
	 */
	Optional<BigDecimal> increment(Object key, String property, BigDecimal delta);

	/**
	 * Remove an object, and void the loads that are under way.
	 * @param key what identifies the object
	 * @return whether there was one
	 */
	boolean delete(Object key);

	/**
	 * Whether there is an object, of whichever shape.
	 * @param key what identifies the object
	 * @return whether there is one
	 */
	boolean exists(Object key);

	/**
	 * Set how long an object lives from now on.
	 * @param key what identifies the object
	 * @param timeToLive a positive duration
	 * @return {@code false} when there is no object
	 */
	boolean expire(Object key, Duration timeToLive);

	/**
	 * Ask how long an object still lives.
	 * @param key what identifies the object
	 * @return the time, empty when there is no object
	 */
	Optional<Duration> timeToLive(Object key);

}
