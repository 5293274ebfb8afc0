/**
 * What attributes of sessions are in bytes: a word for the kind or class, a space, and
 * typed JSON.
 * <p>
 * The bytes choose among the scalars of the JDK, lists, sets and maps, and the classes of
 * allowed packages. A class is looked for only after its name was found in such a
 * package, and is not initialized for that; it is then written and read as a value of the
 * caches is, so that a type that could not be given back fails when it is written. What
 * Spring Security puts into a session is written by Spring Security's own Jackson
 * modules, under their list of classes and that of the allowed packages.
 * <p>
 * Limits: collections come back as {@code ArrayList}, {@code LinkedHashSet} and
 * {@code LinkedHashMap}; arrays other than {@code byte[]} are refused.
 */
@NullMarked
package io.redispatterns.session.value;

import org.jspecify.annotations.NullMarked;
