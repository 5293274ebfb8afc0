package io.redispatterns.test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.redispatterns.test.proxy.FaultProxy;
import io.redispatterns.test.source.Ports;
import org.jspecify.annotations.Nullable;

/**
 * The ports of one server: its own and those of the proxies in front of it.
 * <p>
 * A proxied server announces its first proxy, so that clients, replicas and sentinels
 * that ask for its address come through it.
 */
final class Endpoint {

	static final String HOST = "127.0.0.1";

	private final int port = Ports.random();

	private final List<FaultProxy> proxies = new CopyOnWriteArrayList<>();

	private final boolean proxied;

	private @Nullable FaultProxy first;

	Endpoint(boolean proxied) {
		this.proxied = proxied;
	}

	int port() {
		return this.port;
	}

	int announcedPort() {
		return this.proxied ? proxy().port() : this.port;
	}

	synchronized FaultProxy proxy() {
		FaultProxy proxy = this.first;
		if (proxy == null) {
			proxy = newProxy();
			this.first = proxy;
		}
		return proxy;
	}

	FaultProxy newProxy() {
		FaultProxy proxy = FaultProxy.to(HOST, this.port);
		this.proxies.add(proxy);
		return proxy;
	}

	/**
	 * The command line of a server that serves a test: loopback only, no snapshots,
	 * replicas fed at once.
	 * @param additions what the test adds; it prevails
	 * @return the arguments
	 */
	List<String> arguments(List<String> additions) {
		List<String> arguments = new ArrayList<>(
				List.of("redis.conf", "--bind", HOST, "--port", String.valueOf(this.port), "--save", "",
						"--repl-diskless-sync", "yes", "--repl-diskless-sync-delay", "0"));
		if (this.proxied) {
			String announced = String.valueOf(announcedPort());
			arguments.addAll(List.of("--replica-announce-port", announced, "--cluster-announce-port", announced));
		}
		if (!password(additions).isEmpty()) {
			arguments.addAll(List.of("--masterauth", password(additions)));
		}
		arguments.addAll(additions);
		return arguments;
	}

	static String password(List<String> additions) {
		int index = additions.lastIndexOf("--requirepass");
		return (index >= 0) ? additions.get(index + 1) : "";
	}

	/**
	 * Ends all faults, and all proxies that were opened by a test.
	 */
	synchronized void renew() {
		FaultProxy kept = this.proxied ? this.first : null;
		this.proxies.stream().filter((proxy) -> proxy != kept).forEach(FaultProxy::close);
		this.proxies.removeIf((proxy) -> proxy != kept);
		this.proxies.forEach(FaultProxy::heal);
		this.first = kept;
	}

	void close() {
		this.proxies.forEach(FaultProxy::close);
	}

}
