package io.redispatterns.sample.data;

import java.util.stream.Stream;

import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The migration that loads the Chinook catalogue, its customers and their invoices.
 */
@Component
final class ChinookMigration implements JavaMigration {

	private static final String[] TABLES = { "artist", "album", "genre", "media_type", "track", "customer", "invoice",
			"invoice_line" };

	@Override
	public MigrationVersion getVersion() {
		return MigrationVersion.fromVersion("2");
	}

	@Override
	public String getDescription() {
		return "Load Chinook";
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
		for (CsvTable table : Stream.of(TABLES).map(CsvTable::new).toList()) {
			table.copyTo(context.getConnection());
		}
	}

}
