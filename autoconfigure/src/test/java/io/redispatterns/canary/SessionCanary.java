package io.redispatterns.canary;

/**
 * A class in no allowed package that tells when it is loaded.
 */
public final class SessionCanary {

	static {
		System.setProperty("session.canary", "loaded");
	}

	public SessionCanary() {
	}

}
