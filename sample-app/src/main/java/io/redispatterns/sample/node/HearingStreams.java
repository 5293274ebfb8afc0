package io.redispatterns.sample.node;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.PreDestroy;

import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The open pages that are told at once what this node hears. A page that has seen too
 * little or was not let in finds the last messages on the panel as well.
 */
@Component
final class HearingStreams {

	private static final int MOST = 100;

	private static final Duration LENGTH = Duration.ofMinutes(10);

	private final Set<SseEmitter> pages = ConcurrentHashMap.newKeySet();

	// A page that takes nothing holds up the other pages, and not the node
	private final ThreadPoolExecutor sender = new ThreadPoolExecutor(0, 1, 10, TimeUnit.SECONDS,
			new ArrayBlockingQueue<>(1000), new ThreadPoolExecutor.DiscardPolicy());

	private volatile boolean closed;

	/**
	 * Lets a page in. Its browser comes again when the stream ends.
	 * @return the stream of the page
	 */
	SseEmitter open() {
		SseEmitter page = new SseEmitter(LENGTH.toMillis());
		page.onCompletion(() -> this.pages.remove(page));
		page.onTimeout(page::complete);
		// Sent with the headers, by which the browser knows that it is heard
		send(page, SseEmitter.event().comment("open"));
		this.pages.add(page);
		if (this.closed || this.pages.size() > MOST) {
			page.complete();
			this.pages.remove(page);
		}
		return page;
	}

	void send(Hearing hearing) {
		if (!this.pages.isEmpty()) {
			this.sender.execute(
					() -> this.pages.forEach((page) -> send(page, SseEmitter.event().name("hearing").data(hearing))));
		}
	}

	private void send(SseEmitter page, SseEmitter.SseEventBuilder event) {
		try {
			page.send(event);
		}
		catch (IOException | IllegalStateException ex) {
			// The page was closed
			this.pages.remove(page);
		}
	}

	/**
	 * Ends all streams, before the server waits for the requests that are under way.
	 */
	@EventListener(ContextClosedEvent.class)
	void close() {
		this.closed = true;
		this.pages.forEach(SseEmitter::complete);
	}

	@PreDestroy
	void stop() {
		this.sender.shutdownNow();
	}

}
