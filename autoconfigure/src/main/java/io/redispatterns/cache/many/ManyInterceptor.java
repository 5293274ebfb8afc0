package io.redispatterns.cache.many;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.redispatterns.cache.BulkCache;
import io.redispatterns.cache.many.ManyMethod.Carrier;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.support.AopUtils;
import org.springframework.cache.Cache.ValueRetrievalException;
import org.springframework.cache.CacheManager;
import org.springframework.cache.interceptor.KeyGenerator;

/**
 * Calls methods for the keys that are missing in their cache.
 */
final class ManyInterceptor implements MethodInterceptor {

	private final ManyMethods methods;

	private final Supplier<CacheManager> caches;

	private final Supplier<KeyGenerator> generator;

	ManyInterceptor(ManyMethods methods, Supplier<CacheManager> caches, Supplier<KeyGenerator> generator) {
		this.methods = methods;
		this.caches = caches;
		this.generator = generator;
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
				List<Object> elements = missing.stream().map(keys::get).toList();
				return call.byKey(keys, elements, proceed(call, elements));
			}));
		}
		catch (ValueRetrievalException ex) {
			throw (ex.getCause() != null) ? ex.getCause() : ex;
		}
	}

	private CompletableFuture<Object> later(ManyCall call, ManyPublishers.Loader loader) {
		Map<Object, Object> keys = keys(call);
		return cache(call).<Object, Object>retrieveAll(keys.keySet(), (missing) -> {
			List<Object> elements = missing.stream().map(keys::get).toList();
			return begin(loader, elements).thenApply((brought) -> call.byKey(keys, elements, brought));
		}).thenApply((values) -> call.found(keys, values));
	}

	private static CompletableFuture<?> begin(ManyPublishers.Loader loader, List<Object> elements) {
		try {
			return loader.load(elements);
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

}
