package io.redispatterns.ratelimit.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.redispatterns.ratelimit.policy.Algorithm;
import io.redispatterns.ratelimit.policy.PolicyState;

/**
 * Renders the fields of a response. Names of policies need no escape in a structured
 * field: they are made of letters, digits, dots, underscores and hyphens.
 */
final class LimitFields {

	private static final Comparator<PolicyState> BINDING_FIRST = Comparator.comparing(PolicyState::isViolated)
		.thenComparing(PolicyState::retryAfter)
		.reversed()
		.thenComparing((state) -> (double) state.remaining() / state.policy().capacity());

	private final HeaderStyle style;

	private final boolean legacy;

	LimitFields(HeaderStyle style, boolean legacy) {
		this.style = style;
		this.legacy = legacy && style != HeaderStyle.LEGACY;
	}

	/**
	 * The names of all fields.
	 */
	List<String> names() {
		List<String> names = new ArrayList<>(this.style.names());
		names.addAll(this.legacy ? HeaderStyle.LEGACY.names() : List.of());
		return names;
	}

	/**
	 * The fields that tell of some policies, without those that are not to be told of.
	 */
	Map<String, String> of(List<PolicyState> policies) {
		List<PolicyState> told = policies.stream()
			.filter((state) -> state.policy().handling().headers() && !state.policy().handling().shadow())
			.sorted(BINDING_FIRST)
			.toList();
		if (told.isEmpty()) {
			return Map.of();
		}
		Map<String, String> fields = new LinkedHashMap<>();
		List<String> values = values(this.style, told);
		for (int i = 0; i < values.size(); i++) {
			fields.put(this.style.names().get(i), values.get(i));
		}
		if (this.legacy) {
			List<String> single = values(HeaderStyle.LEGACY, told);
			for (int i = 0; i < single.size(); i++) {
				fields.put(HeaderStyle.LEGACY.names().get(i), single.get(i));
			}
		}
		return fields;
	}

	/**
	 * Whole seconds, rounded up.
	 */
	static long seconds(Duration duration) {
		return duration.getSeconds() + ((duration.getNano() > 0) ? 1 : 0);
	}

	private static List<String> values(HeaderStyle style, List<PolicyState> told) {
		PolicyState binding = told.get(0);
		String limit = String.valueOf(binding.limit());
		String remaining = String.valueOf(binding.remaining());
		String reset = String.valueOf(reset(binding));
		return switch (style) {
			case DRAFT_10, DRAFT_8 -> List.of(
					join(told, (state) -> "\"%s\";r=%d;t=%d".formatted(state.name(), state.remaining(), reset(state))),
					join(told, (state) -> "\"%s\";q=%d%s".formatted(state.name(), state.limit(), unit(style, state))));
			case DRAFT_7 -> List.of("limit=%s, remaining=%s, reset=%s".formatted(limit, remaining, reset),
					join(told, LimitFields::unnamed));
			case DRAFT_6 -> List.of(limit, remaining, reset, join(told, LimitFields::unnamed));
			case LEGACY -> List.of(limit, remaining, reset);
			case NONE -> List.of();
		};
	}

	/**
	 * What a client waits for: room after a refusal, else the whole limit.
	 */
	private static long reset(PolicyState state) {
		return seconds(state.isViolated() ? state.retryAfter() : state.resetAfter());
	}

	private static String unit(HeaderStyle style, PolicyState state) {
		if (state.policy().algorithm() != Algorithm.CONCURRENCY) {
			return ";w=" + seconds(state.window());
		}
		return (style == HeaderStyle.DRAFT_10) ? ";qu=\"concurrent-requests\"" : "";
	}

	private static String unnamed(PolicyState state) {
		return state.limit() + ";w=" + seconds(state.window());
	}

	private static String join(List<PolicyState> told, Function<PolicyState, String> item) {
		return told.stream().map(item).collect(Collectors.joining(", "));
	}

}
