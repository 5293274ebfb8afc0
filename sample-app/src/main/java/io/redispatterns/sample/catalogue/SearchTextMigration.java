package io.redispatterns.sample.catalogue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;

import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The migration that writes down what each track is found by: its name first, then its
 * album and artist.
 */
@Component
final class SearchTextMigration implements JavaMigration {

	private static final String SELECT = """
			select t.track_id, t.name, al.title, ar.name from track t
			join album al on al.album_id = t.album_id
			join artist ar on ar.artist_id = al.artist_id
			""";

	@Override
	public MigrationVersion getVersion() {
		return MigrationVersion.fromVersion("3");
	}

	@Override
	public String getDescription() {
		return "Fill search text";
	}

	@Override
	public @Nullable Integer getChecksum() {
		return null;
	}

	@Override
	public boolean canExecuteInTransaction() {
		return true;
	}

	@Override
	public void migrate(Context context) throws Exception {
		Connection connection = context.getConnection();
		try (Statement select = connection.createStatement();
				ResultSet tracks = select.executeQuery(SELECT);
				PreparedStatement update = connection
					.prepareStatement("update track set search_text = ? where track_id = ?")) {
			while (tracks.next()) {
				String text = String.join(" ", tracks.getString(2), tracks.getString(3), tracks.getString(4));
				update.setString(1, SearchText.of(text));
				update.setInt(2, tracks.getInt(1));
				update.addBatch();
			}
			update.executeBatch();
		}
	}

}
