package io.redispatterns.test.source;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/**
 * Servers that run as containers in the network of this machine.
 * <p>
 * Docker is found and its images are named as Testcontainers does, but without its
 * reaper: each container ends, and with it is removed, when this JVM no longer holds its
 * standard input.
 *
 * @param client the connection to Docker
 * @param image an image that Docker has
 */
record DockerSource(DockerClient client, String image) implements ServerSource {

	static final String IMAGE_PROPERTY = "redispatterns.test.image";

	static final String IMAGE_VARIABLE = "REDISPATTERNS_TEST_IMAGE";

	private static final String DEFAULT_IMAGE = "redis:7.2";

	private static final String HOST = "127.0.0.1";

	private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);

	/**
	 * Whether an engine answers at one of the usual places. Cheap and silent, unlike
	 * asking Testcontainers when there is none.
	 * @return whether it is worth to {@link #connect()}
	 */
	static boolean answers() {
		String home = System.getProperty("user.home");
		String runtime = System.getenv().getOrDefault("XDG_RUNTIME_DIR", "/run");
		return System.getenv("DOCKER_HOST") != null || Stream
			.of("/var/run/docker.sock", runtime + "/docker.sock", home + "/.docker/run/docker.sock",
					home + "/.docker/desktop/docker.sock")
			.anyMatch(DockerSource::accepts);
	}

	/**
	 * Connects to Docker, gets the image, if need be from its registry, and tries it.
	 * @return the source
	 * @throws IOException if the image cannot be had or its server cannot be reached
	 * @throws IllegalStateException if Docker does not answer
	 */
	static DockerSource connect() throws IOException {
		List<DockerClientProviderStrategy> strategies = new ArrayList<>();
		ServiceLoader.load(DockerClientProviderStrategy.class).forEach(strategies::add);
		DockerClient client = DockerClientProviderStrategy.getFirstValidStrategy(strategies).getDockerClient();
		String fallback = System.getenv().getOrDefault(IMAGE_VARIABLE, DEFAULT_IMAGE);
		DockerImageName name = DockerImageName.parse(System.getProperty(IMAGE_PROPERTY, fallback));
		String image = ImageNameSubstitutor.instance().apply(name).asCanonicalNameString();
		try {
			client.inspectImageCmd(image).exec();
		}
		catch (NotFoundException ex) {
			pull(client, image);
		}
		DockerSource source = new DockerSource(client, image);
		source.probe();
		return source;
	}

	@Override
	public Supervisor supervise(List<String> arguments) throws IOException {
		return new ContainerSupervisor(this.client, this.image, arguments);
	}

	/**
	 * Sees whether a server can be reached. With an engine in a virtual machine it
	 * cannot: the loopback interface of the containers is not that of this JVM.
	 */
	private void probe() throws IOException {
		int port = freePort();
		try (Supervisor supervisor = supervise(List.of("redis.conf", "--bind", HOST, "--port", String.valueOf(port)))) {
			supervisor.tell("start");
			long deadline = System.nanoTime() + PROBE_TIMEOUT.toNanos();
			while (!listens(port)) {
				if (System.nanoTime() > deadline) {
					throw new IOException("A server in Docker cannot be reached at %s:%d, its log: %s".formatted(HOST,
							port, supervisor.log()));
				}
				Thread.onSpinWait();
			}
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	private static boolean listens(int port) {
		try (Socket socket = new Socket(HOST, port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static void pull(DockerClient client, String image) throws IOException {
		try {
			client.pullImageCmd(image).start().awaitCompletion();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted while pulling image '%s'".formatted(image), ex);
		}
		catch (RuntimeException ex) {
			throw new IOException("Docker has no image '%s' and cannot pull it: set '%s' to one it has".formatted(image,
					IMAGE_PROPERTY), ex);
		}
	}

	private static boolean accepts(String socket) {
		try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(Path.of(socket)))) {
			return channel.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

}
