/**
 * The shop's database: where it lives, its schema and the Chinook rows it starts with.
 * The schema is in {@code db/migration}, the rows in {@code chinook}; both are the same
 * on H2 and PostgreSQL.
 */
@NullMarked
package io.redispatterns.sample.data;

import org.jspecify.annotations.NullMarked;
