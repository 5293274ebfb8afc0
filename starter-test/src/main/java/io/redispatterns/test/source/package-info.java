/**
 * Where the servers come from, and the shell that ends them with the JVM.
 * <p>
 * A server never is a child of the JVM but of a shell that reads from the JVM: the
 * operating system closes that pipe however the JVM ends, and the shell then kills the
 * server and removes its files. What is not covered is a {@code kill -9} of the shell
 * itself.
 */
@NullMarked
package io.redispatterns.test.source;

import org.jspecify.annotations.NullMarked;
