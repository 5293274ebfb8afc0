package io.redispatterns.sample.views;

import java.util.List;
import java.util.Optional;

import io.redispatterns.sample.data.DatabaseTrips;
import io.redispatterns.write.behind.WriteBatch;
import io.redispatterns.write.behind.WriteBehind;
import io.redispatterns.write.behind.WriteBehindFlush;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The number of looks at each album.
 */
@Component
class AlbumViews {

	private static final String COUNT = """
			update album_views set views = views + 1, last_change = ? where album_id = ? and last_change < ?
			""";

	private final JdbcClient jdbc;

	private final JdbcTemplate batches;

	AlbumViews(JdbcClient jdbc, JdbcTemplate batches) {
		this.jdbc = jdbc;
		this.batches = batches;
	}

	@WriteBehind(queue = "views", key = "#albumId")
	View add(int albumId) {
		return new View(albumId);
	}

	/**
	 * Counts looks. A batch that comes again counts for nothing, as each change has a
	 * number that only rises.
	 * @param batch the looks
	 */
	@Transactional
	@WriteBehindFlush(queue = "views")
	public void write(WriteBatch<View> batch) {
		List<Object[]> rows = batch.changes()
			.stream()
			.map((change) -> new Object[] { change.sequence(), change.key(), change.sequence() })
			.toList();
		this.batches.batchUpdate(COUNT, rows);
	}

	/**
	 * Reads how many looks are counted so far.
	 * @param albumId the album
	 * @return the number, empty when there is no such album
	 */
	Optional<Integer> counted(int albumId) {
		DatabaseTrips.add();
		return this.jdbc.sql("select views from album_views where album_id = ?")
			.param(albumId)
			.query(Integer.class)
			.optional();
	}

}
