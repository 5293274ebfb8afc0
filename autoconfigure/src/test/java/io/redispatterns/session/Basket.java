package io.redispatterns.session;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * An attribute as applications have them: a record with records, an enum, a sealed type
 * and a time.
 */
public record Basket(List<Line> lines, Payment payment, State state, Instant changed) {

	public static Basket of(String... titles) {
		return new Basket(List.of(titles).stream().map((title) -> new Line(title, new BigDecimal("0.99"))).toList(),
				new Payment.Card("4242"), State.OPEN, Instant.parse("2026-02-01T10:00:00Z"));
	}

	public enum State {

		OPEN, PAID

	}

	public record Line(String title, BigDecimal price) {

	}

	public sealed interface Payment {

		record Card(String last) implements Payment {

		}

		record Invoice(String address) implements Payment {

		}

	}

}
