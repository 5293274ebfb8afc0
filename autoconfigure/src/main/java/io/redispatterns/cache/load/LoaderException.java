package io.redispatterns.cache.load;

/**
 * What a loader threw, on its way to the caller.
 */
final class LoaderException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Throwable thrown;

	LoaderException(Throwable thrown) {
		super(null, thrown, false, false);
		this.thrown = LoadObservations.cause(thrown);
	}

	Throwable thrown() {
		return this.thrown;
	}

}
