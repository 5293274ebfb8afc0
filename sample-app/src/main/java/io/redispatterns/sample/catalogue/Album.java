package io.redispatterns.sample.catalogue;

import java.util.List;

/**
 * An album with its tracks, in the order of the record.
 */
record Album(int id, String title, int artistId, String artist, List<Track> tracks) {
}
