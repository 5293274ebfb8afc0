package io.redispatterns.cache.flight;

/**
 * What a loader threw, on its way to the caller.
 */
public final class LoaderException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Throwable thrown;

	public LoaderException(Throwable thrown) {
		super(null, thrown, false, false);
		this.thrown = LoadObservations.cause(thrown);
	}

	public Throwable thrown() {
		return this.thrown;
	}

}
