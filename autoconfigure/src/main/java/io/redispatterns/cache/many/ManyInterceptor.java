package io.redispatterns.cache.many;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

import io.redispatterns.cache.BulkCache;
import io.redispatterns.cache.fill.Unstored;
import io.redispatterns.cache.lease.HeldRows;
import io.redispatterns.cache.many.ManyMethod.Carrier;
import io.redispatterns.codec.UnreadableValueException;
import io.redispatterns.redis.RedisFailureException;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.support.AopUtils;
import org.springframework.cache.Cache.ValueRetrievalException;
import org.springframework.cache.CacheManager;
import org.springframework.cache.interceptor.KeyGenerator;
import org.springframework.util.ClassUtils;

/**
 * Calls methods for the keys that are missing in their cache.
 */
final class ManyInterceptor implements MethodInterceptor {

	private static final Logger logger = LoggerFactory.getLogger(ManyInterceptor.class);

	private final ManyMethods methods;

	private final Supplier<CacheManager> caches;

	private final Supplier<KeyGenerator> generator;

	private final Supplier<@Nullable HeldRows> rows;

	ManyInterceptor(ManyMethods methods, Supplier<CacheManager> caches, Supplier<KeyGenerator> generator,
			Supplier<@Nullable HeldRows> rows) {
		this.methods = methods;
		this.caches = caches;
		this.generator = generator;
		this.rows = rows;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Object target = invocation.getThis();
		ManyMethod method = (target != null)
				? this.methods.find(invocation.getMethod(), AopUtils.getTargetClass(target)) : null;
		if (method == null || !(invocation instanceof ProxyMethodInvocation proxied)
				|| !method.condition().holds(target, invocation.getArguments())) {
			return invocation.proceed();
		}
		ManyCall call = ManyCall.of(proxied, method);
		if (method.carrier() == Carrier.NONE) {
			return now(call);
		}
		ManyPublishers.Later later = (loader) -> later(call, loader);
		// Apart, so that this class can be loaded where there are no publishers
		if (method.carrier() == Carrier.MONO) {
			return ManyPublishers.mono(call, later);
		}
		if (method.carrier() == Carrier.FLUX) {
			return ManyPublishers.flux(call, later);
		}
		return later.find((missing) -> (CompletableFuture<?>) Objects.requireNonNull(proceed(call, missing)));
	}

	private Object now(ManyCall call) throws Throwable {
		Map<Object, Object> keys = keys(call);
		try {
			return call.found(keys, cache(call).<Object, Object>getAll(keys.keySet(), (missing) -> {
				Missing asked = missing(call, keys, missing);
				Object brought = asked.elements().isEmpty() ? null : proceed(call, asked.elements());
				return asked.stored(call.values(asked.entries(), asked.elements(), brought, asked.held()));
			}));
		}
		catch (ValueRetrievalException ex) {
			throw (ex.getCause() != null) ? ex.getCause() : ex;
		}
	}

	private CompletableFuture<Object> later(ManyCall call, ManyPublishers.Loader loader) {
		Map<Object, Object> keys = keys(call);
		return cache(call).<Object, Object>retrieveAll(keys.keySet(), (missing) -> {
			Missing asked = missing(call, keys, missing);
			return begin(loader, asked.elements()).thenApply(
					(brought) -> asked.stored(call.values(asked.entries(), asked.elements(), brought, asked.held())));
		}).thenApply((values) -> call.found(keys, values));
	}

	/**
	 * What is missing, and what of it is held.
	 */
	private Missing missing(ManyCall call, Map<Object, Object> keys, List<Object> missing) {
		Map<Object, Object> entries = new LinkedHashMap<>();
		missing.forEach((entry) -> entries.put(entry, Objects.requireNonNull(keys.get(entry))));
		Map<Object, Optional<Object>> known = held(call, missing);
		Map<Object, Optional<Object>> held = (known != null) ? known : Map.of();
		return new Missing(entries, held,
				missing.stream().filter((entry) -> !held.containsKey(entry)).map(entries::get).toList(), known != null);
	}

	private @Nullable Map<Object, Optional<Object>> held(ManyCall call, List<Object> missing) {
		HeldRows rows = this.rows.get();
		if (rows == null) {
			return Map.of();
		}
		try {
			Class<?> type = call.method().value().resolve(Object.class);
			Map<Object, Optional<Object>> held = new HashMap<>(rows.held(call.method().cache(), missing).join());
			// Another method may cache something else under the same keys
			held.values().removeIf((row) -> row.isPresent() && !ClassUtils.isAssignableValue(type, row.get()));
			return held;
		}
		catch (CompletionException ex) {
			if (!(ex.getCause() instanceof RedisFailureException
					|| ex.getCause() instanceof UnreadableValueException)) {
				throw ex;
			}
			logger.debug("It is not known whether rows are held, so the method answers", ex);
			return null;
		}
	}

	private static CompletableFuture<?> begin(ManyPublishers.Loader loader, List<Object> elements) {
		try {
			return elements.isEmpty() ? CompletableFuture.completedFuture(null) : loader.load(elements);
		}
		catch (Exception ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private static @Nullable Object proceed(ManyCall call, List<Object> missing) throws Exception {
		try {
			return call.proceed(missing);
		}
		catch (Exception | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The keys of the caller by those of the entries.
	 */
	private Map<Object, Object> keys(ManyCall call) {
		Map<Object, Object> keys = new LinkedHashMap<>();
		call.keys().forEach((key) -> keys.putIfAbsent(call.key(this.generator.get(), key), key));
		return keys;
	}

	private BulkCache cache(ManyCall call) {
		String name = call.method().cache();
		if (this.caches.get().getCache(name) instanceof BulkCache cache) {
			return cache;
		}
		throw ManyMethod.misused(call.method().method(), "names the cache '%s', which is none of Redis".formatted(name),
				"Name one of the caches of this starter");
	}

	/**
	 * What a load is about.
	 *
	 * @param entries the keys of the caller by those of the entries
	 * @param held the rows that are held, by the keys of the entries
	 * @param elements the keys that the method is called with
	 * @param certain whether nothing else is held
	 */
	private record Missing(Map<Object, Object> entries, Map<Object, Optional<Object>> held, List<Object> elements,
			boolean certain) {

		/**
		 * Values for the cache, which may be older than what is held where that is not
		 * known.
		 */
		Map<Object, @Nullable Object> stored(Map<Object, @Nullable Object> values) {
			if (!this.certain) {
				values.replaceAll((key, value) -> (value instanceof Unstored) ? value : new Unstored(value));
			}
			return values;
		}

	}

}
