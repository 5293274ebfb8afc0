package io.redispatterns.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
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

	static final String HOST = "127.0.0.1";

	private static final int LAUNCH_ATTEMPTS = 10;

	private static final String TAKEN = "Address already in use";

	private static final String WRONG = "FATAL CONFIG";

	private final int port;

	private final String password;

	private final Supervisor supervisor;

	private final RespClient client;

	private final List<FaultProxy> proxies = new CopyOnWriteArrayList<>();

	private volatile boolean running;

	private volatile boolean hurt;

	private RedisProcess(ServerSource source, int port, List<String> arguments) {
		this.port = port;
		this.password = CommandLine.password(arguments);
		this.client = new RespClient(HOST, port, this.password);
		try {
			this.supervisor = source.supervise(CommandLine.of(port, arguments));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("No shell for redis-server", ex);
		}
	}

	static RedisProcess start(List<String> arguments) {
		return start(ServerSource.current(), arguments);
	}

	static List<RedisProcess> start(int count, List<String> arguments) {
		return IntStream.range(0, count).parallel().mapToObj((i) -> start(arguments)).toList();
	}

	static RedisProcess start(ServerSource source, List<String> arguments) {
		for (int attempt = 0; attempt < LAUNCH_ATTEMPTS; attempt++) {
			RedisProcess process = new RedisProcess(source, Ports.random(), arguments);
			if (process.launch()) {
				return process;
			}
			process.close();
		}
		throw new IllegalStateException(
				"Each of %d random ports was taken by another process".formatted(LAUNCH_ATTEMPTS));
	}

	/**
	 * The address on which the server listens.
	 * @return the loopback address
	 */
	public String host() {
		return HOST;
	}

	/**
	 * The port on which the server listens.
	 * @return the port
	 */
	public int port() {
		return this.port;
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
		if (!launch()) {
			throw new IllegalStateException("Port %d was taken by another process".formatted(this.port));
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
	public synchronized @Nullable Object command(String... command) {
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
	 * Opens another port in front of this process on which faults can be made. It is
	 * closed together with the process.
	 * @return a proxy that passes everything on
	 */
	public FaultProxy newProxy() {
		FaultProxy proxy = FaultProxy.to(HOST, this.port);
		this.proxies.add(proxy);
		return proxy;
	}

	@Override
	public String toString() {
		return HOST + ":" + this.port;
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

	synchronized void close() {
		this.running = false;
		closeProxies();
		this.client.close();
		this.supervisor.close();
	}

	void closeProxies() {
		this.proxies.forEach(FaultProxy::close);
		this.proxies.clear();
	}

	private boolean launch() {
		int mark = log().length();
		String pid = tell("start");
		Wait.until(() -> hasLogged(TAKEN, mark) || hasLogged(WRONG, mark) || isReady(pid),
				() -> "redis-server does not answer on port %d: %s".formatted(this.port, log().substring(mark)));
		if (hasLogged(WRONG, mark)) {
			String reason = log().substring(mark);
			close();
			throw new IllegalArgumentException("redis-server refuses its arguments: " + reason);
		}
		this.running = !hasLogged(TAKEN, mark);
		return this.running;
	}

	private boolean hasLogged(String text, int mark) {
		return log().indexOf(text, mark) >= 0;
	}

	private boolean isReady(String pid) {
		// Another server may answer on a port that was taken in the meantime
		return pid.equals(info("server").get("process_id"))
				&& info("persistence").getOrDefault("loading", "0").equals("0");
	}

	private String tell(String word) {
		try {
			return this.supervisor.tell(word);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot %s the server on port %d".formatted(word, this.port), ex);
		}
	}

}
