package io.redispatterns.write.behind.kills;

/**
 * A row.
 */
record Row(String id, long number) {

}
