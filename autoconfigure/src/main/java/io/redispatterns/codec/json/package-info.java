/**
 * Typed JSON of a closed set of types, compressed when that pays, and never larger than a
 * limit. A codec is made once, from the types that somebody declared; from then on the
 * bytes choose among these types and nothing else, and no class that the data named is
 * ever loaded.
 * <p>
 * The bytes are {@code mark | id | json}. The mark is one byte: {@code 0x10}, plus 1 if
 * the JSON is a zlib stream, plus 2 if an id is present. The id is an unsigned 16-bit
 * length and the canonical name of the type ({@code java.util.List<com.acme.Track>}); it
 * is written only by a codec of several types. Inside the JSON a value of a sealed type
 * is {@code ["Song",{...}]}, and so is one of an open type whose classes are allowed.
 * <p>
 * Limits: a declared concrete class stands for all of its subclasses, so what a subclass
 * adds is lost; a collection comes back as an {@code ArrayList}, {@code LinkedHashSet} or
 * {@code LinkedHashMap}; numbers of more than 1,000 digits and nesting deeper than 500
 * are not readable.
 */
@NullMarked
package io.redispatterns.codec.json;

import org.jspecify.annotations.NullMarked;
