package io.redispatterns.sample.node;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The route by which a page is told what its node hears.
 */
@RestController
final class HearingController {

	private final HearingStreams streams;

	HearingController(HearingStreams streams) {
		this.streams = streams;
	}

	@GetMapping(path = "/api/patterns/hearings", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter hearings() {
		return this.streams.open();
	}

}
