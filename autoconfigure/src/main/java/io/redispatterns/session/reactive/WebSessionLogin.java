package io.redispatterns.session.reactive;

import reactor.core.publisher.Mono;

import org.springframework.web.server.ServerWebExchange;

/**
 * Logs users of a reactive application in and out where Spring Security does not. Whoever
 * calls it has checked who the user is. Nothing happens before it is subscribed to.
 */
public interface WebSessionLogin {

	/**
	 * Make the session of a request that of a user. It gets a new identifier, so that one
	 * that was planted before is worth nothing; what it holds stays, unless it was that
	 * of another user.
	 * @param exchange the request and its response
	 * @param user the name of the user, by which {@code ReactiveUserSessions} knows him
	 * @return completes when the session is that of the user
	 */
	Mono<Void> login(ServerWebExchange exchange, String user);

	/**
	 * Tell who is logged in.
	 * @param exchange the request and its response
	 * @return the name of the user, empty when nobody is
	 */
	Mono<String> user(ServerWebExchange exchange);

	/**
	 * End the session of a request and have the browser forget its cookie and all that it
	 * keeps of this site.
	 * @param exchange the request and its response
	 * @return completes when the session has ended on all nodes
	 */
	Mono<Void> logout(ServerWebExchange exchange);

}
