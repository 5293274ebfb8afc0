package io.redispatterns.write.behind;

/**
 * A row.
 */
record Price(String id, long amount) {

}
