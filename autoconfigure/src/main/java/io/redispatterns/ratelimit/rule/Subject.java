package io.redispatterns.ratelimit.rule;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import io.redispatterns.ratelimit.RateLimited.By;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Who is limited: the parts that together are one subject. Two different callers never
 * are the same subject, as each part says what it is and cannot hold the separator.
 *
 * @param by parts that are of the request
 * @param key part that an expression gives, {@code null} for none
 */
record Subject(List<By> by, @Nullable LimitExpression key) {

	static final Subject USER = new Subject(List.of(By.USER), null);

	private static final int DIGEST_BYTES = 16;

	/**
	 * The keys that policies have by configuration, each parsed once.
	 */
	private static final Map<String, Subject> OF_POLICIES = new ConcurrentHashMap<>();

	/**
	 * The subject of a policy's own key: one of the words for parts of a request, or an
	 * expression.
	 */
	static Subject ofPolicy(String policy, String key) {
		return OF_POLICIES.computeIfAbsent(key,
				(text) -> parse("'redis.rate-limit.policies." + policy + "'", text.strip()));
	}

	private static Subject parse(String where, String key) {
		String word = key.replace('-', '_').toUpperCase(Locale.ROOT);
		for (By each : By.values()) {
			if (each.name().equals(word)) {
				return new Subject(List.of(each), null);
			}
		}
		return new Subject(List.of(), LimitExpression.parse(where, "key", key));
	}

	/**
	 * The subject of a call, under a policy.
	 * @throws IllegalStateException when a part has no value
	 */
	String of(LimitedCall call, String policy) {
		StringBuilder subject = new StringBuilder();
		for (By each : this.by) {
			subject.append(subject.isEmpty() ? "" : "|").append(part(each, call, policy));
		}
		if (this.key != null) {
			subject.append(subject.isEmpty() ? "" : "|").append("key:").append(escape(text(this.key, call)));
		}
		return subject.toString();
	}

	private static String part(By by, LimitedCall call, String policy) {
		String value = switch (by) {
			case IP -> null;
			case USER -> call.getUser();
			case API_KEY -> digest(call.getApiKey());
			case TENANT -> requireTenant(call.getTenant());
			case GLOBAL -> policy;
		};
		return (value != null) ? by.name().toLowerCase(Locale.ROOT).replace('_', '-') + ":" + escape(value)
				: "ip:" + call.getIp();
	}

	private static String requireTenant(@Nullable String tenant) {
		if (!StringUtils.hasLength(tenant)) {
			throw new IllegalStateException("The tenant of a limited request is not known."
					+ " Let the RateLimitTenantResolver find one, or exclude such requests by 'condition'.");
		}
		return tenant;
	}

	private static String text(LimitExpression key, LimitedCall call) {
		Object value = key.of(call);
		if (value == null || (value instanceof CharSequence text && text.isEmpty())) {
			throw key.invalid(
					((value != null) ? "is empty" : "is null") + " for a call: all such calls would share one limit");
		}
		boolean plain = value instanceof CharSequence || value instanceof Number || value instanceof Boolean
				|| value instanceof Character || value instanceof Enum<?> || value instanceof UUID;
		if (!plain) {
			throw key.invalid(
					"gives a %s: a key is a text, a number or an enumeration".formatted(value.getClass().getName()));
		}
		return value.toString();
	}

	private static String escape(String text) {
		return text.replace("%", "%25").replace("|", "%7C");
	}

	private static @Nullable String digest(@Nullable String secret) {
		if (!StringUtils.hasLength(secret)) {
			return null;
		}
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
			return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, DIGEST_BYTES));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
