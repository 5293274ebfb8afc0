package io.redispatterns.sample.views;

/**
 * A look at an album.
 */
record View(int albumId) {
}
