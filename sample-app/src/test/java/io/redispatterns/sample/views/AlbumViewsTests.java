package io.redispatterns.sample.views;

import java.util.List;

import io.redispatterns.write.behind.WriteBatch;
import io.redispatterns.write.behind.WriteBatch.Change;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AlbumViews}.
 */
class AlbumViewsTests {

	private final EmbeddedDatabase database = new EmbeddedDatabaseBuilder().setType(EmbeddedDatabaseType.H2)
		.generateUniqueName(true)
		.build();

	private final JdbcTemplate jdbc = new JdbcTemplate(this.database);

	private final AlbumViews views = new AlbumViews(JdbcClient.create(this.jdbc), this.jdbc);

	@BeforeEach
	void create() {
		this.jdbc.execute("create table album_views (album_id integer, views integer, last_change bigint)");
		this.jdbc.execute("insert into album_views values (1, 0, 0), (2, 0, 0)");
	}

	@AfterEach
	void close() {
		this.database.shutdown();
	}

	@Test
	void countsEachLook() {
		this.views.write(new WriteBatch<>("a", 1, List.of(look(1, 10), look(2, 11), look(1, 12), look(9, 13))));
		assertThat(this.views.counted(1)).hasValue(2);
		assertThat(this.views.counted(2)).hasValue(1);
		assertThat(this.views.counted(9)).isEmpty();
	}

	@Test
	void countsALookOnceWhenItsBatchComesAgain() {
		WriteBatch<View> batch = new WriteBatch<>("a", 1, List.of(look(1, 10), look(1, 11)));
		this.views.write(batch);
		this.views.write(new WriteBatch<>("a", 2, batch.changes()));
		assertThat(this.views.counted(1)).hasValue(2);
	}

	private static Change<View> look(int albumId, long sequence) {
		return new Change<>(albumId, new View(albumId), sequence);
	}

}
