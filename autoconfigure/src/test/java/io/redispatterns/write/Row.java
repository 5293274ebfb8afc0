package io.redispatterns.write;

import java.util.List;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A row of the database.
 */
record Row(int id, int amount) {

	static void create(JdbcTemplate jdbc, int... ids) {
		jdbc.execute("create table if not exists stock (id int primary key, amount int)");
		jdbc.update("delete from stock");
		for (int id : ids) {
			jdbc.update("insert into stock values (?, 0)", id);
		}
	}

	static Row find(JdbcTemplate jdbc, int id) {
		List<Row> found = jdbc.query("select id, amount from stock where id = ?",
				(row, number) -> new Row(row.getInt(1), row.getInt(2)), id);
		return found.isEmpty() ? null : found.get(0);
	}

	/**
	 * Change a row, and read what it is now.
	 */
	static Row set(JdbcTemplate jdbc, int id, int amount) {
		jdbc.update("update stock set amount = ? where id = ?", amount, id);
		return find(jdbc, id);
	}

}
