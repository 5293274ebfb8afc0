package io.redispatterns.ratelimit.rule;

import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.expression.EvaluationException;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.util.StringUtils;

/**
 * An expression of a limit.
 */
final class LimitExpression {

	private static final SpelExpressionParser PARSER = new SpelExpressionParser();

	private final String where;

	private final String attribute;

	private final SpelExpression expression;

	private final boolean ofArguments;

	private LimitExpression(String where, String attribute, SpelExpression expression) {
		this.where = where;
		this.attribute = attribute;
		this.expression = expression;
		this.ofArguments = namesVariable(expression.getAST());
	}

	/**
	 * Parse an attribute.
	 * @return the expression, {@code null} when the attribute is empty
	 * @throws InvalidRateLimitedException when it does not parse
	 */
	static @Nullable LimitExpression parse(String where, String attribute, @Nullable String text) {
		if (!StringUtils.hasText(text)) {
			return null;
		}
		try {
			return new LimitExpression(where, attribute, PARSER.parseRaw(text));
		}
		catch (ParseException ex) {
			throw new InvalidRateLimitedException(where,
					"has the %s '%s', which is no expression: %s".formatted(attribute, text, ex.getSimpleMessage()),
					"Write an expression such as \"#request.email()\" or \"user\".");
		}
	}

	/**
	 * Whether the expression names an argument of the method.
	 */
	boolean isOfArguments() {
		return this.ofArguments;
	}

	/**
	 * The number that the expression is whatever the call.
	 * @return the number, {@code null} when it depends on the call
	 */
	@Nullable Number constant() {
		boolean literal = this.expression.getAST().getChildCount() == 0
				&& this.expression.getExpressionString().strip().matches("-?[0-9]+[lL]?");
		return literal ? this.expression.getValue(Number.class) : null;
	}

	/**
	 * What the expression gives.
	 * @throws InvalidRateLimitedException when it does not fit the call
	 */
	@Nullable Object of(LimitedCall call) {
		try {
			return this.expression.getValue(call.context());
		}
		catch (EvaluationException ex) {
			if (NestedExceptionUtils.getMostSpecificCause(ex) instanceof IllegalStateException cause) {
				throw cause;
			}
			InvalidRateLimitedException failure = invalid("does not fit the call: "
					+ ((ex.getMessage() != null) ? ex.getMessage().lines().findFirst().orElse("") : ""));
			failure.initCause(ex);
			throw failure;
		}
	}

	InvalidRateLimitedException invalid(String reason) {
		return new InvalidRateLimitedException(this.where,
				"has the %s '%s', which %s".formatted(this.attribute, this.expression.getExpressionString(), reason),
				"Correct the expression, or exclude such calls by 'condition'.");
	}

	private static boolean namesVariable(SpelNode node) {
		if (node instanceof VariableReference && !node.toStringAST().matches("#(root|this)")) {
			return true;
		}
		for (int i = 0; i < node.getChildCount(); i++) {
			if (namesVariable(node.getChild(i))) {
				return true;
			}
		}
		return false;
	}

}
