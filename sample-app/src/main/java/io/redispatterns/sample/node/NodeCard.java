package io.redispatterns.sample.node;

import java.util.List;

/**
 * What a node tells the others of itself.
 *
 * @param id identity of the node
 * @param port the port that it listens on
 * @param uptimeSeconds for how long it runs
 * @param hits reads of caches that found something
 * @param nearHits those of them that made no call to Redis
 * @param misses reads of caches that found nothing
 * @param sent how many of its writes it has told others of
 * @param heard how many writes of others it was told of
 * @param hearings the last of them, the newest last
 */
public record NodeCard(String id, int port, long uptimeSeconds, long hits, long nearHits, long misses, long sent,
		long heard, List<Hearing> hearings) {
}
