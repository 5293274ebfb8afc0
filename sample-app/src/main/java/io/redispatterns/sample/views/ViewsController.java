package io.redispatterns.sample.views;

import io.redispatterns.sample.catalogue.NotInCatalogueException;
import io.redispatterns.write.behind.WriteBehindException;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The route by which a page tells that somebody looks at an album.
 */
@RestController
final class ViewsController {

	private final AlbumViews views;

	ViewsController(AlbumViews views) {
		this.views = views;
	}

	@PostMapping("/api/albums/{id}/views")
	@ResponseStatus(HttpStatus.ACCEPTED)
	Counted look(@PathVariable int id) {
		int counted = this.views.counted(id).orElseThrow(() -> new NotInCatalogueException("album", id));
		this.views.add(id);
		return new Counted(counted);
	}

	@ExceptionHandler
	ProblemDetail notAccepted(WriteBehindException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, "Nobody counts at the moment");
	}

	/**
	 * The looks that were counted before this one.
	 */
	record Counted(int views) {
	}

}
