package io.redispatterns.sample.catalogue;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * The body of a request to change a price.
 *
 * @param unitPrice the new price, as a number or as text
 */
record PriceChange(@Nullable BigDecimal unitPrice) {

	private static final BigDecimal HIGHEST = new BigDecimal("999.99");

	/**
	 * The new price.
	 * @throws InvalidParameterException when there is none, or none of a track
	 */
	BigDecimal price() {
		BigDecimal price = this.unitPrice;
		if (price == null || price.signum() < 0 || price.scale() > 2 || price.compareTo(HIGHEST) > 0) {
			throw new InvalidParameterException("unitPrice", "must be a price from 0.00 to " + HIGHEST);
		}
		return price;
	}

}
