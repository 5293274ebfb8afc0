package io.redispatterns.hash;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a transaction has made of one object.
 *
 * @param kind what it has done
 * @param version the version that it has written, empty for none
 * @param fields what it has written as JSON by name
 */
record HashChange(Kind kind, String version, Map<String, byte[]> fields) {

	static final HashChange DELETED = new HashChange(Kind.DELETE, "", Map.of());

	static HashChange put(String version, Map<String, byte[]> fields) {
		return new HashChange(Kind.PUT, version, fields);
	}

	static HashChange set(String version, Map<String, byte[]> fields) {
		return new HashChange(Kind.SET, version, fields);
	}

	/**
	 * This change and another after it.
	 */
	HashChange then(HashChange next) {
		if (next.kind != Kind.SET) {
			return next;
		}
		if (this.kind == Kind.DELETE) {
			return this;
		}
		Map<String, byte[]> both = new LinkedHashMap<>(this.fields);
		both.putAll(next.fields);
		return new HashChange(this.kind, next.version.isEmpty() ? this.version : next.version, both);
	}

	/**
	 * What the transaction is to see.
	 * @param found what is there as JSON by name, empty when there is no object
	 * @param names what is asked for
	 */
	Map<String, byte[]> over(Map<String, byte[]> found, Collection<String> names) {
		if (this.kind == Kind.DELETE || (this.kind == Kind.SET && found.isEmpty())) {
			return Map.of();
		}
		Map<String, byte[]> seen = new LinkedHashMap<>();
		for (String name : names) {
			byte[] value = this.fields.getOrDefault(name, found.get(name));
			if (value != null) {
				seen.put(name, value);
			}
		}
		return seen;
	}

	/**
	 * What can be done to an object.
	 */
	enum Kind {

		PUT, SET, DELETE

	}

}
