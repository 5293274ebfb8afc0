package io.redispatterns.sample.panel;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The part of the panel that tells how often this node has used the database, which is
 * what the caches are there to save.
 */
@Component
@Order(4)
final class DatabaseSection implements PanelSection {

	private final MeterRegistry meters;

	DatabaseSection(MeterRegistry meters) {
		this.meters = meters;
	}

	@Override
	public String name() {
		return "database";
	}

	@Override
	public Database read() {
		Timer usage = this.meters.find("hikaricp.connections.usage").timer();
		return (usage != null) ? new Database(usage.count(), usage.mean(TimeUnit.MILLISECONDS)) : new Database(0, 0);
	}

	/**
	 * The number of times a connection was used, and for how long on average.
	 */
	record Database(long trips, double tripMillis) {
	}

}
