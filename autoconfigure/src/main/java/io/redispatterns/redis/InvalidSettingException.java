package io.redispatterns.redis;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * A property with a value that cannot be used. Stops the start; the failure analysis
 * names the full key, the value, the reason and the way out.
 */
public final class InvalidSettingException extends IllegalArgumentException {

	private final String key;

	private final String reason;

	private final String action;

	/**
	 * Create the exception.
	 * @param key the property, in full or relative to the prefix that is being bound
	 * @param value the value in force, as the user wrote it
	 * @param reason what is wrong with the value, after the word 'must'
	 * @param action what to do instead, as a full sentence
	 */
	public InvalidSettingException(String key, @Nullable Object value, String reason, String action) {
		super("'%s' must %s but was '%s'".formatted(key, reason, value));
		this.key = key;
		this.reason = reason;
		this.action = action;
	}

	/**
	 * The property, in full or relative to the prefix that was being bound.
	 * @return the key
	 */
	public String key() {
		return this.key;
	}

	/**
	 * What is wrong with the value.
	 * @return the reason, after the word 'must'
	 */
	public String reason() {
		return this.reason;
	}

	/**
	 * The way out.
	 * @return a full sentence
	 */
	public String action() {
		return this.action;
	}

	/**
	 * Refuse a duration that is zero or negative.
	 * @param key the property
	 * @param value the value to check, {@code null} when not set
	 */
	public static void requirePositive(String key, @Nullable Duration value) {
		if (value != null && (value.isZero() || value.isNegative())) {
			throw new InvalidSettingException(key, value, "be greater than zero",
					"Set a positive duration such as '10m', or remove the property to use its default.");
		}
	}

	/**
	 * Refuse a duration that is negative.
	 * @param key the property
	 * @param value the value to check, {@code null} when not set
	 * @param zero what zero is for, as the end of a sentence
	 */
	public static void requireNotNegative(String key, @Nullable Duration value, String zero) {
		if (value != null && value.isNegative()) {
			throw new InvalidSettingException(key, value, "not be negative",
					"Set a duration such as '1s', " + zero + ".");
		}
	}

	/**
	 * Refuse a number outside of a range.
	 * @param key the property
	 * @param value the value to check, {@code null} when not set
	 * @param least the least that is allowed
	 * @param most the most that is allowed
	 * @param action the way out, as a full sentence
	 */
	public static void requireBetween(String key, @Nullable Number value, int least, int most, String action) {
		if (value != null && !(value.doubleValue() >= least && value.doubleValue() <= most)) {
			throw new InvalidSettingException(key, value, "be between %d and %d".formatted(least, most), action);
		}
	}

	/**
	 * Turns the exception into a description and an action.
	 */
	static final class Analyzer extends AbstractFailureAnalyzer<InvalidSettingException> {

		@Override
		protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettingException cause) {
			BindException bind = findCause(rootFailure, BindException.class);
			String key = (bind != null) ? bind.getName() + "." + cause.key() : cause.key();
			String description = String.valueOf(cause.getMessage()).replace("'" + cause.key() + "'", "'" + key + "'");
			return new FailureAnalysis("Property " + description + ".", cause.action(), cause);
		}

	}

}
