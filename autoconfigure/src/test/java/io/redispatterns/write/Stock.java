package io.redispatterns.write;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.springframework.cache.annotation.Cacheable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Methods that write rows, annotated in every way.
 */
class Stock {

	private final JdbcTemplate jdbc;

	Stock(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	@Cacheable("rows")
	public Row find(int id) {
		return Row.find(this.jdbc, id);
	}

	@Cacheable("amounts")
	public Integer amount(int id) {
		return find(id).amount();
	}

	@Cacheable("pairs")
	public Row pair(int id, int amount) {
		return find(id);
	}

	@Transactional
	@WriteThrough(cache = "rows", key = "#result.id()")
	public Row set(int id, int amount) {
		return Row.set(this.jdbc, id, amount);
	}

	@WriteThrough(cache = "rows", key = "#result.id")
	@Transactional
	public Row setInAnotherOrder(int id, int amount) {
		return Row.set(this.jdbc, id, amount);
	}

	@Transactional(propagation = Propagation.REQUIRES_NEW)
	@WriteThrough(cache = "rows", key = "#p0")
	public Row setAnew(int id, int amount) {
		return Row.set(this.jdbc, id, amount);
	}

	@Transactional(propagation = Propagation.NESTED)
	@WriteThrough(cache = "rows", key = "#p0")
	public Row setNestedAndFail(int id, int amount) {
		Row.set(this.jdbc, id, amount);
		throw new IllegalStateException("expected");
	}

	@WriteThrough(cache = "rows", key = "#id")
	public Row setAtOnce(int id, int amount) {
		return Row.set(this.jdbc, id, amount);
	}

	@WriteThrough(cache = "pairs", key = "#result.nothing()")
	@WriteThrough(cache = "rows", key = "#id")
	public Row setAtOnceWithABadKey(int id, int amount) {
		return Row.set(this.jdbc, id, amount);
	}

	@WriteThrough(cache = "rows", key = "#id", entry = "'no row'")
	public Row setWhatIsNoRow(int id, int amount) {
		return Row.set(this.jdbc, id, amount);
	}

	@Transactional
	@WriteThrough(cache = "rows", key = "#id", store = false)
	@WriteThrough(cache = "amounts", key = "#id", entry = "#result.amount()")
	@WriteThrough("pairs")
	public Row setEverywhere(int id, int amount) {
		return Row.set(this.jdbc, id, amount);
	}

	@Transactional
	@WriteThrough(cache = { "rows", "pairs" }, key = "#result.id()", each = true)
	public List<Row> setAll(List<Integer> ids, int amount) {
		return ids.stream().map((id) -> Row.set(this.jdbc, id, amount)).toList();
	}

	@Transactional
	@WriteThrough(cache = "rows", key = "#result", entry = "#p0", each = true, delete = true)
	public void deleteAll(int... ids) {
		for (int id : ids) {
			this.jdbc.update("delete from stock where id = ?", id);
		}
	}

	@Transactional
	@WriteThrough(cache = "rows", delete = true)
	public boolean delete(int id) {
		return this.jdbc.update("delete from stock where id = ?", id) == 1;
	}

	@Transactional
	@WriteThrough(cache = "rows", key = "#row.id", entry = "#row")
	public void save(Row row) {
		Row.set(this.jdbc, row.id(), row.amount());
	}

	@Transactional
	@WriteThrough(cache = "rows", key = "#id")
	public Optional<Row> setIfThere(int id, int amount) {
		return Optional.ofNullable(Row.set(this.jdbc, id, amount));
	}

	@Transactional
	@WriteThrough(cache = "rows", key = "#id", condition = "#amount > 10", unless = "#result.amount > 20")
	public Row setSome(int id, int amount) {
		return Row.set(this.jdbc, id, amount);
	}

	@Transactional
	@IntoRows
	public Row setByAnnotationOfItsOwn(int id, int amount) {
		return Row.set(this.jdbc, id, amount);
	}

	@Transactional
	@WriteThrough(cache = "rows", key = "#id", mode = WriteMode.ASYNC)
	public Row setLater(int id, int amount) {
		return Row.set(this.jdbc, id, amount);
	}

	@Transactional
	@WriteThrough(cache = "rows", key = "#result.id()")
	public CompletableFuture<Row> future(int id, int amount) {
		return CompletableFuture.completedFuture(Row.set(this.jdbc, id, amount));
	}

	@WriteThrough(cache = "rows", key = "#result.id()")
	public CompletableFuture<Row> given(CompletableFuture<Row> row) {
		return row;
	}

	@Transactional
	@WriteThrough(cache = "rows", key = "#result.nothing()")
	public Row setWithABadKey(int id, int amount) {
		return Row.set(this.jdbc, id, amount);
	}

	@WriteThrough(cache = "rows", key = "#id")
	@Retention(RetentionPolicy.RUNTIME)
	@interface IntoRows {

	}

}
