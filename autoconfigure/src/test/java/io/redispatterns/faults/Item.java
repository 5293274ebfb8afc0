package io.redispatterns.faults;

/**
 * What the database holds under a key.
 */
record Item(int key, int version) {

}
