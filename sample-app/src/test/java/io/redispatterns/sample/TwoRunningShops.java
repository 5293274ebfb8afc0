package io.redispatterns.sample;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * A running shop, and another one on the same Redis and the same database.
 */
abstract class TwoRunningShops extends RunningShop {

	static ConfigurableApplicationContext other;

	@BeforeEach
	void startOther() {
		if (other == null) {
			other = startAnother();
		}
	}

	@AfterAll
	static void stopOther() {
		if (other != null) {
			other.close();
			other = null;
		}
	}

}
