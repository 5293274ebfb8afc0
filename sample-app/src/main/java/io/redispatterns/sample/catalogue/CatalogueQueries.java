package io.redispatterns.sample.catalogue;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;

import io.redispatterns.sample.data.DatabaseTrips;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What the catalogue asks the database.
 */
@Component
final class CatalogueQueries {

	static final int SEARCH_LIMIT = 50;

	private static final String TRACKS = """
			select t.track_id as id, t.name, t.album_id, al.title as album, al.artist_id, ar.name as artist,
				g.name as genre, m.name as media_type, t.composer, t.milliseconds, t.unit_price
			from track t
			join album al on al.album_id = t.album_id
			join artist ar on ar.artist_id = al.artist_id
			join genre g on g.genre_id = t.genre_id
			join media_type m on m.media_type_id = t.media_type_id
			""";

	private final JdbcClient jdbc;

	CatalogueQueries(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Nullable Track track(int id) {
		return sql(TRACKS + "where t.track_id = ?").param(id).query(Track.class).optional().orElse(null);
	}

	boolean reprice(int id, BigDecimal price) {
		return sql("update track set unit_price = ? where track_id = ?").params(price, id).update() == 1;
	}

	List<Track> tracks(Collection<Integer> ids) {
		return sql(TRACKS + "where t.track_id in (:ids)").param("ids", ids).query(Track.class).list();
	}

	@Nullable Album album(int id) {
		List<Track> tracks = sql(TRACKS + "where t.album_id = ? order by t.track_id").param(id)
			.query(Track.class)
			.list();
		if (tracks.isEmpty()) {
			return null;
		}
		Track first = tracks.get(0);
		return new Album(id, first.album(), first.artistId(), first.artist(), tracks);
	}

	List<Integer> bestSellingAlbums(int number) {
		return sql("""
				select t.album_id from invoice_line l join track t on t.track_id = l.track_id
				group by t.album_id order by sum(l.quantity) desc, t.album_id limit ?
				""").param(number).query(Integer.class).list();
	}

	List<Track> search(SearchTerm term) {
		List<String> words = term.wordPatterns();
		String matches = "t.search_text like ? escape '%s'".formatted(SearchTerm.ESCAPE);
		String everyWord = String.join(" and ", words.stream().map((word) -> matches).toList());
		String sql = TRACKS + """
				where %s
				order by case when %s then 0 else 1 end, t.album_id, t.track_id
				limit %d
				""".formatted(everyWord, matches, SEARCH_LIMIT);
		return sql(sql).params(words).param(term.prefixPattern()).query(Track.class).list();
	}

	private JdbcClient.StatementSpec sql(String sql) {
		DatabaseTrips.add();
		return this.jdbc.sql(sql);
	}

}
