package io.redispatterns.security;

import java.util.List;
import java.util.Map;

import io.redispatterns.session.servlet.ShopNode;

/**
 * The same done to a reactive application.
 */
class HostileWebSessionsIntegrationTests extends HostileSessionsIntegrationTests {

	@Override
	ShopNode start(Map<String, String> connection) {
		return ShopNode.startReactive(connection, List.of());
	}

}
