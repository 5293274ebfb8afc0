package io.redispatterns.sample.panel;

import java.util.concurrent.ExecutionException;

import io.redispatterns.sample.catalogue.Stampede;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The route of the panel's button that sends a stampede.
 */
@RestController
final class StampedeController {

	private final Stampede stampede;

	StampedeController(Stampede stampede) {
		this.stampede = stampede;
	}

	@PostMapping("/api/patterns/stampede")
	Stampede.Outcome run() throws InterruptedException, ExecutionException {
		return this.stampede.run();
	}

}
