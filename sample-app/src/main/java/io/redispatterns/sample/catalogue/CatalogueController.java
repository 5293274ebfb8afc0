package io.redispatterns.sample.catalogue;

import java.util.List;

import io.redispatterns.ratelimit.RateLimited;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The routes of the catalogue.
 */
@RestController
@RequestMapping("/api")
final class CatalogueController {

	private final Catalogue catalogue;

	CatalogueController(Catalogue catalogue) {
		this.catalogue = catalogue;
	}

	@GetMapping("/tracks/{id}")
	Track track(@PathVariable int id) {
		return found(id, this.catalogue.track(id));
	}

	@PutMapping("/tracks/{id}")
	Track reprice(@PathVariable int id, @RequestBody PriceChange change) {
		return found(id, this.catalogue.reprice(id, change.price()));
	}

	@GetMapping("/tracks")
	List<Track> tracks(@RequestParam String ids) {
		return this.catalogue.tracks(TrackIds.parse(ids).values());
	}

	@GetMapping("/albums/{id}")
	Album album(@PathVariable int id) {
		Album album = this.catalogue.album(id);
		if (album == null) {
			throw new NotInCatalogueException("album", id);
		}
		return album;
	}

	@RateLimited("search")
	@GetMapping("/search")
	List<Track> search(@RequestParam String q) {
		return this.catalogue.search(SearchTerm.of(q));
	}

	private static Track found(int id, @Nullable Track track) {
		if (track == null) {
			throw new NotInCatalogueException("track", id);
		}
		return track;
	}

}
