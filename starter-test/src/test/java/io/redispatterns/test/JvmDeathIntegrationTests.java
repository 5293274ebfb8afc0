package io.redispatterns.test;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class JvmDeathIntegrationTests {

	@Test
	void takesServersAlongHoweverTheyAre() throws IOException, InterruptedException {
		Process jvm = new ProcessBuilder(command()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		BufferedReader output = jvm.inputReader();
		List<Server> servers = List.of(Server.parse(output), Server.parse(output), Server.parse(output));
		assertThat(servers).allMatch(Server::listens);
		jvm.destroyForcibly().waitFor();
		assertThat(jvm.exitValue()).isEqualTo(128 + 9);
		await().until(() -> servers.stream().noneMatch(Server::listens));
		await().until(() -> servers.stream().noneMatch(Server::leavesFiles));
	}

	private static List<String> command() {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		System.getProperties().forEach((name, value) -> {
			if (String.valueOf(name).startsWith("redispatterns.")) {
				command.add("-D" + name + "=" + value);
			}
		});
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), Victim.class.getName()));
		return command;
	}

	private record Server(int port, Path directory) {

		static Server parse(BufferedReader output) throws IOException {
			String[] words = output.readLine().split(" ", 2);
			return new Server(Integer.parseInt(words[0]), Path.of(words[1]));
		}

		boolean listens() {
			try (Socket socket = new Socket(RedisProcess.HOST, this.port)) {
				return socket.isConnected();
			}
			catch (IOException ex) {
				return false;
			}
		}

		boolean leavesFiles() {
			return this.directory.toString().contains("redis-patterns-") && Files.exists(this.directory);
		}

	}

	static final class Victim {

		private Victim() {
		}

		public static void main(String[] args) throws IOException {
			StandaloneRedis healthy = StandaloneRedis.start();
			print(healthy);
			StandaloneRedis frozen = StandaloneRedis.start();
			print(frozen);
			frozen.server().freeze();
			StandaloneRedis restarted = StandaloneRedis.start();
			restarted.server().restart();
			print(restarted);
			// Ends with the test, should that fail
			System.in.read();
		}

		private static void print(StandaloneRedis redis) {
			List<?> directory = (List<?>) redis.command("CONFIG", "GET", "dir");
			System.out.println(redis.port() + " " + directory.get(1));
		}

	}

}
