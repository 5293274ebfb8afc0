package io.redispatterns.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.redispatterns.test.proxy.FaultProxy;
import io.redispatterns.test.source.ServerSource;
import io.redispatterns.test.source.Supervisor;
import org.jspecify.annotations.Nullable;

/**
 * One {@code redis-server} process with a loopback port that it keeps over restarts.
 * <p>
 * Safe for use by several threads; the methods block until the process did what was
 * asked.
 */
public final class RedisProcess {

	private static final int START_ATTEMPTS = 10;

	private final Endpoint endpoint;

	private final String password;

	private final Supervisor supervisor;

	private final RespClient client;

	private volatile boolean running;

	private volatile boolean hurt;

	private RedisProcess(ServerSource source, List<String> arguments, boolean proxied) {
		this.endpoint = new Endpoint(proxied);
		this.password = Endpoint.password(arguments);
		this.client = new RespClient(host(), port(), this.password);
		try {
			this.supervisor = source.supervise(this.endpoint.arguments(arguments));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("No shell for redis-server", ex);
		}
	}

	static RedisProcess start(List<String> arguments, boolean proxied) {
		return start(ServerSource.current(), arguments, proxied);
	}

	static List<RedisProcess> start(int count, List<String> arguments, boolean proxied) {
		return IntStream.range(0, count).parallel().mapToObj((i) -> start(arguments, proxied)).toList();
	}

	static RedisProcess start(ServerSource source, List<String> arguments, boolean proxied) {
		for (int attempt = 0; attempt < START_ATTEMPTS; attempt++) {
			RedisProcess process = new RedisProcess(source, arguments, proxied);
			if (process.start()) {
				return process;
			}
			process.close();
		}
		throw new IllegalStateException(
				"Each of %d random ports was taken by another process".formatted(START_ATTEMPTS));
	}

	/**
	 * The address on which the server listens.
	 * @return the loopback address
	 */
	public String host() {
		return Endpoint.HOST;
	}

	/**
	 * The port on which the server listens.
	 * @return the port
	 */
	public int port() {
		return this.endpoint.port();
	}

	/**
	 * Ends the process at once, as {@code kill -9} does, frozen or not. Does nothing when
	 * it does not run.
	 */
	public synchronized void kill() {
		tell("kill");
		this.client.close();
		this.running = false;
		this.hurt = true;
	}

	/**
	 * Stops the process in its tracks, as {@code kill -STOP} does: connections stay open
	 * and new ones are accepted by the kernel, but nothing answers.
	 */
	public synchronized void freeze() {
		tell("freeze");
		this.running = false;
		this.hurt = true;
	}

	/**
	 * Lets a frozen process go on, as {@code kill -CONT} does.
	 */
	public synchronized void thaw() {
		this.running = !tell("thaw").isEmpty();
	}

	/**
	 * Kills the process if it runs and starts it again on the same port with the same
	 * arguments and directory. Returns when it has loaded its data; without
	 * {@code --appendonly yes} it comes back empty.
	 */
	public synchronized void restart() {
		kill();
		if (!start()) {
			throw new IllegalStateException("Port %d was taken by another process".formatted(port()));
		}
	}

	/**
	 * Whether the process was started and since then neither killed nor frozen by the
	 * methods of this class.
	 * @return whether the process should answer
	 */
	public boolean isRunning() {
		return this.running;
	}

	/**
	 * Sends a command and waits up to five seconds for its reply. All commands travel on
	 * one connection, apart from those of the application under test; when it was closed
	 * in the meantime the command is sent again on a new one.
	 * @param command the name and the arguments
	 * @return a {@code String}, a {@code Long}, a {@code List} of such, or {@code null}
	 * @throws IllegalStateException if the server refuses the command
	 * @throws UncheckedIOException if the server does not answer
	 */
	public @Nullable Object command(String... command) {
		return this.client.call(command);
	}

	/**
	 * Reads one section of {@code INFO}.
	 * @param section the name of the section
	 * @return the values by name
	 */
	public Map<String, String> info(String section) {
		String info = String.valueOf(command("INFO", section));
		return info.lines()
			.filter((line) -> line.indexOf(':') > 0)
			.map((line) -> line.split(":", 2))
			.collect(Collectors.toMap((pair) -> pair[0], (pair) -> pair[1]));
	}

	/**
	 * Counts the calls of each command since the start or {@code CONFIG RESETSTAT}, those
	 * inside scripts and those of {@link #command} included.
	 * @return the number of calls by lower-case name, subcommands as {@code config|get}
	 */
	public Map<String, Long> commandStats() {
		return info("commandstats").entrySet()
			.stream()
			.collect(Collectors.toMap((entry) -> entry.getKey().substring("cmdstat_".length()),
					(entry) -> Long.valueOf(entry.getValue().split("[=,]")[1])));
	}

	/**
	 * What the process has written to its log.
	 * @return the log, over all restarts
	 */
	public String log() {
		return this.supervisor.log();
	}

	/**
	 * The port in front of this process on which faults can be made: the one that the
	 * server announces when it was asked for as {@linkplain Redis#proxied() proxied},
	 * else one that is opened at the first call.
	 * @return the proxy, closed together with the process
	 */
	public FaultProxy proxy() {
		return this.endpoint.proxy();
	}

	/**
	 * Opens one more port in front of this process, such as one for each node of an
	 * application.
	 * @return the proxy, closed together with the process
	 */
	public FaultProxy newProxy() {
		return this.endpoint.newProxy();
	}

	@Override
	public String toString() {
		return host() + ":" + port();
	}

	int announcedPort() {
		return this.endpoint.announcedPort();
	}

	String password() {
		return this.password;
	}

	/**
	 * Whether the process was ever killed or frozen, and so is not fit for another test.
	 * @return whether it is not as good as new
	 */
	boolean isHurt() {
		return this.hurt;
	}

	/**
	 * Heals the announced proxy and closes the others.
	 */
	void renewProxies() {
		this.endpoint.renew();
	}

	synchronized void close() {
		this.running = false;
		this.endpoint.close();
		this.client.close();
		this.supervisor.close();
	}

	private boolean start() {
		Startup startup = new Startup(this);
		this.running = startup.await(tell("start"));
		return this.running;
	}

	private String tell(String word) {
		try {
			return this.supervisor.tell(word);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot %s the server on port %d".formatted(word, port()), ex);
		}
	}

}
