package io.redispatterns.test.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;

/**
 * A supervisor that is the first process of a container.
 * <p>
 * Docker closes the standard input of the container when the one connection attached to
 * it ends, and this JVM holds that connection.
 */
final class ContainerSupervisor implements Supervisor {

	private static final String DIRECTORY = "/tmp";

	private static final long PATIENCE_SECONDS = 30;

	private final Words words = new Words();

	private final ContainerOutput output = new ContainerOutput();

	ContainerSupervisor(DockerClient client, String image, List<String> arguments) throws IOException {
		String container = client.createContainerCmd(image)
			.withEntrypoint(ShellSupervisor.command(DIRECTORY, "redis-server", arguments))
			.withCmd(List.of())
			.withHostConfig(HostConfig.newHostConfig()
				.withNetworkMode("host")
				.withAutoRemove(true)
				.withBinds(directories(arguments)))
			.withStdinOpen(true)
			.withStdInOnce(true)
			.withAttachStdin(true)
			.exec()
			.getId();
		try {
			client.attachContainerCmd(container)
				.withStdIn(this.words)
				.withStdOut(true)
				.withStdErr(true)
				.withFollowStream(true)
				.exec(this.output)
				.awaitStarted(PATIENCE_SECONDS, TimeUnit.SECONDS);
			client.startContainerCmd(container).exec();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted while starting a container", ex);
		}
		catch (RuntimeException ex) {
			client.removeContainerCmd(container).withForce(true).exec();
			throw ex;
		}
	}

	/**
	 * The directories of the files that arguments name, such as certificates, at the same
	 * place in the container.
	 */
	private static List<Bind> directories(List<String> arguments) {
		return arguments.stream()
			.map(Path::of)
			.filter((file) -> file.isAbsolute() && Files.isRegularFile(file))
			.flatMap((file) -> Stream.ofNullable(file.getParent()))
			.map(Path::toString)
			.distinct()
			.map((directory) -> new Bind(directory, new Volume(directory), AccessMode.ro))
			.toList();
	}

	@Override
	public String tell(String word) throws IOException {
		this.words.write(word + "\n");
		try {
			return this.output.readLine();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted while a container was to " + word, ex);
		}
	}

	@Override
	public String log() {
		return this.output.log();
	}

	@Override
	public void close() {
		this.words.write("end\n");
		try {
			this.output.awaitCompletion(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
