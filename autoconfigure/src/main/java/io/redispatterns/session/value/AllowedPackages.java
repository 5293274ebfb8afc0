package io.redispatterns.session.value;

import java.util.Collection;
import java.util.List;

/**
 * The packages, each with what is below it, whose classes may be stored in a session.
 *
 * @param names names of packages
 */
public record AllowedPackages(List<String> names) {

	/**
	 * Create the list.
	 * @param names names of packages, without a dot at the end
	 */
	public AllowedPackages(Collection<String> names) {
		this(List.copyOf(names));
	}

	/**
	 * Whether a class is in one of them, by its name alone.
	 * @param className a fully qualified name
	 * @return whether it may be stored
	 */
	boolean contain(String className) {
		return this.names.stream()
			.anyMatch((name) -> className.startsWith(name) && className.length() > name.length()
					&& className.charAt(name.length()) == '.');
	}

}
