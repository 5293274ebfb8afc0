package io.redispatterns.write.behind.kills;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

import io.redispatterns.embedded.EmbeddedAutoConfiguration;
import io.redispatterns.redis.RedisExecutor;
import io.redispatterns.write.behind.WriteBatch;
import io.redispatterns.write.behind.WriteBehind;
import io.redispatterns.write.behind.WriteBehindFlush;
import org.awaitility.Awaitility;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * A node that writes random rows of its own and flushes what any node has accepted, until
 * it is told to stop or is killed. Says what it tries and what is acknowledged.
 */
final class RowProcess {

	static final int ROWS = 12;

	private static volatile boolean stopping;

	private RowProcess() {
	}

	public static void main(String[] args) throws IOException {
		PrintStream output = new PrintStream(new FileOutputStream(FileDescriptor.out), true);
		System.setOut(System.err);
		LoggingSystem.get(RowProcess.class.getClassLoader()).setLogLevel("ROOT", LogLevel.OFF);
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		TestPropertyValues.of(Arrays.copyOfRange(args, 3, args.length)).applyTo(context);
		context.register(Application.class);
		context.registerShutdownHook();
		context.refresh();
		RedisExecutor redis = context.getBean(RedisExecutor.class);
		Awaitility.await().ignoreExceptions().until(() -> redis.await(redis.time()) > 0);
		Thread writer = new Thread(() -> write(context.getBean(Rows.class), output, args[0], Long.parseLong(args[1]),
				new Random(Long.parseLong(args[2]))));
		writer.setDaemon(true);
		writer.start();
		new BufferedReader(new InputStreamReader(System.in)).readLine();
		stopping = true;
		try {
			writer.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		output.println("stopped");
		new BufferedReader(new InputStreamReader(System.in)).readLine();
	}

	private static void write(Rows rows, PrintStream output, String node, long first, Random random) {
		for (long number = first; !stopping; number++) {
			String id = node + "-" + random.nextInt(ROWS);
			boolean delete = random.nextInt(4) == 0;
			output.println("try " + id + " " + (delete ? "-" : number));
			try {
				if (delete) {
					rows.remove(id);
				}
				else {
					rows.set(new Row(id, number));
				}
				output.println("ack " + id);
			}
			catch (RuntimeException ex) {
				output.println("error " + ex);
			}
			LockSupport.parkNanos(random.nextInt(4_000_000));
		}
	}

	/**
	 * Where rows are accepted and flushed.
	 */
	static class Rows {

		private final JdbcClient database;

		private final TransactionOperations transactions;

		Rows(JdbcClient database, TransactionOperations transactions) {
			this.database = database;
			this.transactions = transactions;
		}

		@WriteBehind(queue = "rows", key = "#row.id()")
		Row set(Row row) {
			return row;
		}

		@WriteBehind(queue = "rows", key = "#id", delete = true)
		void remove(String id) {
		}

		/**
		 * Leaves time to die in, before the commit and between it and the
		 * acknowledgement.
		 */
		@WriteBehindFlush(queue = "rows")
		void flush(WriteBatch<Row> batch) {
			this.transactions.executeWithoutResult((status) -> {
				write(batch);
				pause();
			});
			pause();
		}

		private static void pause() {
			LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(40_000_000));
		}

		private void write(WriteBatch<Row> batch) {
			List<Object> flushed = new ArrayList<>();
			Map<Object, WriteBatch.Change<Row>> last = new LinkedHashMap<>();
			for (WriteBatch.Change<Row> change : batch.changes()) {
				flushed.addAll(List.of(change.key(), change.sequence(), batch.id()));
				last.put(change.key(), change);
			}
			execute("insert into flushed (id, sequence, batch) values ", "(?, ?, ?)", flushed, 3);
			List<Object> rows = new ArrayList<>();
			List<Object> deleted = new ArrayList<>();
			last.forEach((id, change) -> {
				if (change.row() != null) {
					rows.addAll(List.of(id, change.row().number()));
				}
				else {
					deleted.add(id);
				}
			});
			execute("merge into row_of values ", "(?, ?)", rows, 2);
			execute("delete from row_of where id in (", "?", deleted, 1);
		}

		/**
		 * In one statement, as a single one of each row would take too long for what
		 * waits.
		 */
		private void execute(String begin, String each, List<Object> values, int columns) {
			if (!values.isEmpty()) {
				String end = begin.endsWith("(") ? ")" : "";
				this.database.sql(begin + String.join(", ", Collections.nCopies(values.size() / columns, each)) + end)
					.params(values)
					.update();
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = EmbeddedAutoConfiguration.class)
	static class Application {

		@Bean
		Rows rows(JdbcClient database, TransactionOperations transactions) {
			return new Rows(database, transactions);
		}

	}

}
