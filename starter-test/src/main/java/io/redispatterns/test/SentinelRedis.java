package io.redispatterns.test;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A master with two replicas, watched by three sentinels.
 * <p>
 * The sentinels take a master for down after one second and a failover for failed after
 * five; {@link #set} changes that. Roles are what sentinels and servers say now. Only
 * running ones are asked: those that were not killed or frozen through their
 * {@link RedisProcess}.
 */
public final class SentinelRedis extends RedisTopology {

	private static final String MASTER_NAME = "mymaster";

	private static final int REPLICAS = 2;

	private static final int SENTINELS = 3;

	private final List<RedisProcess> servers;

	private final List<RedisProcess> sentinels;

	private SentinelRedis(List<RedisProcess> servers, List<RedisProcess> sentinels) {
		super(Stream.concat(servers.stream(), sentinels.stream()).toList());
		this.servers = List.copyOf(servers);
		this.sentinels = List.copyOf(sentinels);
	}

	/**
	 * Starts a sentinel set that runs until it is closed or the JVM ends.
	 * @param arguments what to add to the command line of the master and its replicas
	 * @return the sentinel set, every server known to every sentinel
	 */
	public static SentinelRedis start(String... arguments) {
		RedisProcess master = RedisProcess.start(List.of(arguments));
		List<String> replicaArguments = new ArrayList<>(List.of(arguments));
		replicaArguments.addAll(List.of("--replicaof", master.host(), String.valueOf(master.port())));
		List<RedisProcess> servers = new ArrayList<>(List.of(master));
		servers.addAll(RedisProcess.start(REPLICAS, replicaArguments));
		SentinelRedis redis = new SentinelRedis(servers, RedisProcess.start(SENTINELS, List.of("--sentinel")));
		redis.watch(master);
		return redis;
	}

	/**
	 * The name under which the sentinels know the master.
	 * @return the name
	 */
	public String masterName() {
		return MASTER_NAME;
	}

	/**
	 * The server that the first running sentinel takes for the master.
	 * @return the master, running or not
	 */
	public RedisProcess master() {
		return masterOf(running(this.sentinels).findFirst().orElseThrow());
	}

	/**
	 * The running servers that are not the master.
	 * @return the replicas
	 */
	public List<RedisProcess> replicas() {
		RedisProcess master = master();
		return running(this.servers).filter((server) -> server != master).toList();
	}

	/**
	 * The sentinel processes.
	 * @return the sentinels, running or not
	 */
	public List<RedisProcess> sentinels() {
		return this.sentinels;
	}

	/**
	 * Changes an option of all sentinels, such as {@code down-after-milliseconds}.
	 * @param option the name of the option
	 * @param value the value
	 */
	public void set(String option, String value) {
		running(this.sentinels).forEach((sentinel) -> sentinel.command("SENTINEL", "SET", MASTER_NAME, option, value));
	}

	/**
	 * Lets a replica take over from the master, and waits until every sentinel knows. The
	 * sentinels turn the old master into a replica about ten seconds later.
	 * @return the new master
	 */
	public RedisProcess failover() {
		RedisProcess before = master();
		RedisProcess sentinel = running(this.sentinels).findFirst().orElseThrow();
		Wait.until(() -> Objects.equals("OK", sentinel.command("SENTINEL", "FAILOVER", MASTER_NAME)),
				() -> "%s refuses a failover: %s".formatted(sentinel, sentinel.log()));
		Wait.until(() -> running(this.sentinels).noneMatch((each) -> masterOf(each) == before),
				() -> "No replica took over from %s: %s".formatted(before, sentinel.log()));
		return master();
	}

	/**
	 * Waits until all running sentinels agree on a running master and every other running
	 * server is in step with it. After a kill or freeze of the master that means: until
	 * the failover is over.
	 */
	public void awaitStable() {
		Wait.until(this::isStable,
				() -> "The sentinels did not settle: "
						+ running(this.sentinels).map((sentinel) -> sentinel + " follows " + masterOf(sentinel))
							.collect(Collectors.joining(", ")));
	}

	@Override
	public Map<String, String> springProperties() {
		Map<String, String> properties = new LinkedHashMap<>();
		properties.put("spring.data.redis.sentinel.master", MASTER_NAME);
		properties.put("spring.data.redis.sentinel.nodes",
				this.sentinels.stream().map(RedisProcess::toString).collect(Collectors.joining(",")));
		putPassword(properties);
		return properties;
	}

	@Override
	List<RedisProcess> servers() {
		return this.servers;
	}

	@Override
	Object roles() {
		return this.sentinels.stream()
			.map(SentinelRedis::describeMaster)
			.map((master) -> List.of(master.get("port"), master.get("config-epoch"), master.get("quorum"),
					master.get("down-after-milliseconds"), master.get("failover-timeout")))
			.toList();
	}

	private void watch(RedisProcess master) {
		// Sentinels learn of replicas from the master, at first at once, then every ten
		// seconds
		Wait.until(
				() -> master.info("replication").getOrDefault("connected_slaves", "0").equals(String.valueOf(REPLICAS)),
				() -> "No replica found its master: " + master.log());
		for (RedisProcess sentinel : this.sentinels) {
			sentinel.command("SENTINEL", "MONITOR", MASTER_NAME, master.host(), String.valueOf(master.port()), "2");
			if (!master.password().isEmpty()) {
				sentinel.command("SENTINEL", "SET", MASTER_NAME, "auth-pass", master.password());
			}
		}
		set("down-after-milliseconds", "1000");
		set("failover-timeout", "5000");
		awaitStable();
	}

	private boolean isStable() {
		RedisProcess master = master();
		return master.isRunning() && running(this.sentinels).allMatch((sentinel) -> follows(sentinel, master))
				&& running(this.servers).allMatch((server) -> server == master || replicates(server, master));
	}

	private boolean follows(RedisProcess sentinel, RedisProcess master) {
		Map<String, String> view = describeMaster(sentinel);
		return masterOf(sentinel) == master && "master".equals(view.get("flags"))
				&& String.valueOf(REPLICAS).equals(view.get("num-slaves"))
				&& String.valueOf(SENTINELS - 1).equals(view.get("num-other-sentinels"));
	}

	private static boolean replicates(RedisProcess server, RedisProcess master) {
		Map<String, String> replication = server.info("replication");
		return String.valueOf(master.port()).equals(replication.get("master_port"))
				&& "up".equals(replication.get("master_link_status"));
	}

	private RedisProcess masterOf(RedisProcess sentinel) {
		String port = describeMaster(sentinel).get("port");
		return this.servers.stream()
			.filter((server) -> String.valueOf(server.port()).equals(port))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("No server listens on port " + port));
	}

	private static Map<String, String> describeMaster(RedisProcess sentinel) {
		List<?> pairs = (List<?>) Objects.requireNonNull(sentinel.command("SENTINEL", "MASTER", MASTER_NAME));
		Map<String, String> description = new LinkedHashMap<>();
		for (int i = 0; i < pairs.size(); i += 2) {
			description.put(String.valueOf(pairs.get(i)), String.valueOf(pairs.get(i + 1)));
		}
		return description;
	}

	private static Stream<RedisProcess> running(List<RedisProcess> processes) {
		return processes.stream().filter(RedisProcess::isRunning);
	}

}
