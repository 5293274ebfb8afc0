package io.redispatterns.invalidation.link;

import java.util.List;
import java.util.Map;

import io.redispatterns.invalidation.link.Subscriber.Receiver;

/**
 * How the client of the application listens.
 */
public interface ServerLink {

	/**
	 * Stands for a server that is the only one.
	 */
	Map<String, String> SINGLE = Map.of("", "single");

	/**
	 * Make what listens on a connection of its own, and has not begun.
	 * @param channels the channels
	 * @param receiver told of what comes
	 * @return the subscriber
	 */
	Subscriber subscriber(List<byte[]> channels, Receiver receiver);

	/**
	 * The servers that take writes, as far as the client knows.
	 * @return a hash tag of each by its name; none where the client does not tell
	 */
	Map<String, String> servers();

	/**
	 * Look for servers that have taken over from others, where the client does not do so
	 * soon enough. Does not wait.
	 */
	default void lookForServers() {
	}

}
