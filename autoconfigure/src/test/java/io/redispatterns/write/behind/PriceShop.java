package io.redispatterns.write.behind;

import java.net.ConnectException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.redispatterns.cache.many.CacheableMany;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.cache.annotation.Cacheable;

/**
 * An application whose table is a map that several nodes share.
 */
class PriceShop {

	final Map<String, Price> table;

	final List<WriteBatch<Price>> batches = new CopyOnWriteArrayList<>();

	final AtomicInteger loads = new AtomicInteger();

	volatile Consumer<WriteBatch<Price>> trouble = (batch) -> {
	};

	PriceShop() {
		this(new ConcurrentHashMap<>());
	}

	PriceShop(Map<String, Price> table) {
		this.table = table;
	}

	@WriteBehind(queue = "prices", cache = "prices", key = "#price.id()")
	Price set(Price price) {
		return price;
	}

	@WriteBehind(queue = "prices", cache = "prices", key = "#result.id()")
	List<Price> setAll(List<Price> prices) {
		return prices;
	}

	@WriteBehind(queue = "prices", cache = "prices", key = "#id", delete = true)
	void remove(String id) {
	}

	@Cacheable("prices")
	@Nullable Price find(String id) {
		this.loads.incrementAndGet();
		return this.table.get(id);
	}

	@Cacheable(cacheNames = "prices", unless = "#result == null")
	@Nullable Price findUnlessAbsent(String id) {
		return find(id);
	}

	@Cacheable("prices")
	Mono<Price> findLater(String id) {
		return Mono.fromSupplier(() -> find(id));
	}

	@CacheableMany("prices")
	Map<String, Price> findAll(Collection<String> ids) {
		this.loads.addAndGet(ids.size());
		return this.table.entrySet()
			.stream()
			.filter((row) -> ids.contains(row.getKey()))
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	@CacheableMany(cache = "prices", resultKey = "#result.id()")
	Flux<Price> findEach(Collection<String> ids) {
		return Flux.defer(() -> Flux.fromIterable(findAll(ids).values()));
	}

	@WriteBehindFlush(queue = "prices")
	void save(WriteBatch<Price> batch) {
		this.trouble.accept(batch);
		this.batches.add(batch);
		batch.changes().forEach((change) -> {
			if (change.row() != null) {
				this.table.put((String) change.key(), change.row());
			}
			else {
				this.table.remove((String) change.key());
			}
		});
	}

	/**
	 * Let every flush fail as one does when the database is away.
	 */
	void close() {
		this.trouble = (batch) -> {
			throw new IllegalStateException(new ConnectException("away"));
		};
	}

	void open() {
		this.trouble = (batch) -> {
		};
	}

}
