package io.redispatterns.cache.bulk;

import java.util.Arrays;

import io.redispatterns.cache.flight.LoaderException;
import io.redispatterns.cache.lease.Aged;
import io.redispatterns.cache.lease.Miss;
import io.redispatterns.cache.load.Loads;
import org.jspecify.annotations.Nullable;

/**
 * What serves of many entries that were found, although some are to be loaded again. A
 * read of many begins no such load: those who read one do.
 */
final class ManyAged {

	private final Loads loads;

	ManyAged(Loads loads) {
		this.loads = loads;
	}

	/**
	 * What serves of what was found, which is not loaded again.
	 */
	@Nullable Object[] served(byte[][] entries, Object[] found) {
		@Nullable Object[] values = new @Nullable Object[found.length];
		for (int i = 0; i < found.length; i++) {
			values[i] = (found[i] instanceof Aged aged && !this.loads.equipment().deferral().isActive()
					&& this.loads.refreshes().servesOrSpares(entries[i], aged)) ? this.loads.refreshes().served(aged)
							: this.loads.reader().fresh(found[i]);
		}
		return values;
	}

	static boolean isMissing(@Nullable Object[] values) {
		return Arrays.stream(values).anyMatch(Miss.class::isInstance);
	}

	/**
	 * Serve what has expired, if it serves for all that could not be loaded.
	 */
	@Nullable Object[] standingIn(byte[][] entries, Object[] found, @Nullable Object[] values, LoaderException failure) {
		for (int i = 0; i < values.length; i++) {
			if (values[i] instanceof Miss) {
				if (!(found[i] instanceof Aged aged) || !this.loads.refreshes().standsIn(aged)) {
					throw failure;
				}
			}
		}
		@Nullable Object[] served = values.clone();
		for (int i = 0; i < values.length; i++) {
			if (values[i] instanceof Miss && found[i] instanceof Aged aged) {
				served[i] = this.loads.refreshes().standIn(entries[i], aged);
			}
		}
		return served;
	}

}
