package io.redispatterns.test;

/**
 * The start of a server, judged by its answers and by its log.
 */
final class Startup {

	private static final String TAKEN = "Address already in use";

	private static final String WRONG = "FATAL CONFIG";

	private final RedisProcess process;

	private final int mark;

	Startup(RedisProcess process) {
		this.process = process;
		this.mark = process.log().length();
	}

	/**
	 * Waits until the server has loaded its data or given up.
	 * @param pid the process id of the server
	 * @return whether it runs; it does not when its port is taken
	 * @throws IllegalArgumentException if the server refuses its arguments
	 */
	boolean await(String pid) {
		Wait.until(() -> hasLogged(TAKEN) || hasLogged(WRONG) || isReady(pid),
				() -> "redis-server %s does not answer: %s".formatted(this.process, log()));
		if (hasLogged(WRONG)) {
			throw new IllegalArgumentException("redis-server refuses its arguments: " + log());
		}
		return !hasLogged(TAKEN);
	}

	private boolean isReady(String pid) {
		// Another server may answer on a port that was taken in the meantime
		return pid.equals(this.process.info("server").get("process_id"))
				&& this.process.info("persistence").getOrDefault("loading", "0").equals("0");
	}

	private boolean hasLogged(String text) {
		return log().contains(text);
	}

	private String log() {
		return this.process.log().substring(this.mark);
	}

}
