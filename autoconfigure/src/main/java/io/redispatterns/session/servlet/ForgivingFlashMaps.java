package io.redispatterns.session.servlet;

import java.util.List;

import io.redispatterns.session.SessionUnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.support.SessionFlashMapManager;

/**
 * Flash attributes of a session, for which Spring MVC looks at the begin of each request:
 * without Redis there are none, so that a page that asks for no session is served.
 */
final class ForgivingFlashMaps extends SessionFlashMapManager {

	@Override
	protected @Nullable List<FlashMap> retrieveFlashMaps(HttpServletRequest request) {
		try {
			return super.retrieveFlashMaps(request);
		}
		catch (SessionUnavailableException ex) {
			return null;
		}
	}

}
