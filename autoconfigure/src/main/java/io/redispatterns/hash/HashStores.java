package io.redispatterns.hash;

import io.redispatterns.codec.ValueCodecException;

/**
 * Gives an application its {@link HashStore}s, one for each name.
 */
public interface HashStores {

	/**
	 * Return the store of a name, made when it is asked for first.
	 * @param <T> the class of the objects
	 * @param name any text; two names never share a key
	 * @param type a record, or a class with getters and setters
	 * @return the store, always the same for a name
	 * @throws ValueCodecException if objects of the class could not be restored, or have
	 * no properties
	 * @throws IllegalArgumentException if the name has a store of another class
	 */
	<T> HashStore<T> of(String name, Class<T> type);

}
