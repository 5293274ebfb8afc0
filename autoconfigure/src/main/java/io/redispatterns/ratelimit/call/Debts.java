package io.redispatterns.ratelimit.call;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.redispatterns.ratelimit.local.LocalLimiter;
import io.redispatterns.ratelimit.local.LocalLimiter.Debt;
import io.redispatterns.ratelimit.script.SubjectScripts;
import io.redispatterns.redis.RedisExecutor;

/**
 * Tells the server what this node has given without it, some hundred subjects at a time.
 * What it cannot be told is owed again.
 */
public final class Debts {

	private static final int AT_ONCE = 256;

	private final RedisExecutor redis;

	private final SubjectScripts scripts;

	private final LocalLimiter local;

	private final Function<String, byte[]> keys;

	/**
	 * Create the debts.
	 * @param redis the way to the server
	 * @param scripts tells it
	 * @param local what this node has given
	 * @param keys makes the key of a subject
	 */
	public Debts(RedisExecutor redis, SubjectScripts scripts, LocalLimiter local, Function<String, byte[]> keys) {
		this.redis = redis;
		this.scripts = scripts;
		this.local = local;
		this.keys = keys;
	}

	/**
	 * Tell everything.
	 * @return completes when the server was told, or could not be
	 */
	public CompletableFuture<Void> tell() {
		return CompletableFuture.supplyAsync(() -> this.local.takeDebts().iterator()).thenCompose(this::tell);
	}

	private CompletableFuture<Void> tell(Iterator<Debt> debts) {
		List<CompletableFuture<?>> told = new ArrayList<>();
		while (debts.hasNext() && told.size() < AT_ONCE) {
			told.add(tell(debts.next()));
		}
		CompletableFuture<Void> all = CompletableFuture.allOf(told.toArray(CompletableFuture[]::new));
		return debts.hasNext() ? all.thenCompose((done) -> tell(debts)) : all;
	}

	private CompletableFuture<Long> tell(Debt debt) {
		byte[] key = this.keys.apply(debt.subject());
		return this.redis.bounded(this.scripts.tell(key, debt.policy(), debt.owed(), debt.lost()))
			.handle((counted, ex) -> {
				if (ex != null) {
					this.local.owe(debt.subject(), List.of(debt.policy()), new long[] { debt.owed() });
					return 0L;
				}
				return counted;
			});
	}

}
