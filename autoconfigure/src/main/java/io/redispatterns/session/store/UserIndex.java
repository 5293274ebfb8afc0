package io.redispatterns.session.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The sessions of a user by their handles. What the index holds too much is found by
 * asking the sessions, and removed; a session is revoked by removing it, so that the next
 * request on any node finds none.
 */
public final class UserIndex {

	private static final int LINES = 3;

	private static final int AT_ONCE = 100;

	private final SessionCommands commands;

	private final SessionStatistics statistics;

	/**
	 * Create the index.
	 * @param commands the scripts
	 * @param statistics where revocations are counted
	 */
	public UserIndex(SessionCommands commands, SessionStatistics statistics) {
		this.commands = commands;
		this.statistics = statistics;
	}

	/**
	 * List the sessions of a user.
	 * @param user whose sessions
	 * @return the sessions, last used first
	 */
	public CompletableFuture<List<Entry>> list(String user) {
		return handles(user).thenCompose((handles) -> {
			CompletableFuture<List<Entry>> entries = each(handles,
					(handle) -> this.commands.describe(handle, user).thenApply((lines) -> entry(handle, lines)));
			return entries.thenApply((found) -> {
				List<String> gone = new ArrayList<>(handles);
				found.forEach((entry) -> gone.remove(entry.handle()));
				if (!gone.isEmpty()) {
					strike(user, gone);
				}
				return found.stream().sorted((one, other) -> other.lastSeen().compareTo(one.lastSeen())).toList();
			});
		});
	}

	/**
	 * End a session of a user.
	 * @param user whose session it must be
	 * @param handle the session
	 * @return whether there was such a session
	 */
	public CompletableFuture<Boolean> revoke(String user, String handle) {
		return end(user, List.of(handle)).thenApply((ended) -> ended == 1);
	}

	/**
	 * End the sessions of a user.
	 * @param user whose sessions
	 * @param kept the handle of one that goes on, {@code null} for none
	 * @return how many there were
	 */
	public CompletableFuture<Integer> revokeAll(String user, @Nullable String kept) {
		return handles(user)
			.thenCompose((handles) -> end(user, handles.stream().filter((handle) -> !handle.equals(kept)).toList()));
	}

	private CompletableFuture<List<String>> handles(String user) {
		return this.commands.list(user).thenApply((handles) -> {
			if (handles == null) {
				this.statistics.lostIndex();
			}
			return (handles != null) ? handles : List.of();
		});
	}

	private void strike(String user, List<String> handles) {
		this.commands.strike(user, handles).thenApply(this.statistics::healed);
	}

	private CompletableFuture<Integer> end(String user, List<String> handles) {
		CompletableFuture<List<String>> removals = each(handles,
				(handle) -> this.commands.remove(handle, user).thenApply((removed) -> removed ? handle : null));
		return removals.thenApply((removed) -> {
			removed.forEach((each) -> this.statistics.count(SessionEvent.REVOKED));
			if (!handles.isEmpty()) {
				strike(user, handles);
			}
			return removed.size();
		});
	}

	/**
	 * Ask for a hundred sessions at once, then for the next hundred.
	 * @return what is not {@code null} of the replies
	 */
	private static <T> CompletableFuture<List<T>> each(List<String> handles,
			Function<String, CompletableFuture<@Nullable T>> command) {
		List<CompletableFuture<@Nullable T>> replies = handles.stream().limit(AT_ONCE).map(command).toList();
		CompletableFuture<List<T>> first = CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new))
			.thenApply((done) -> replies.stream().map(CompletableFuture::join).filter(Objects::nonNull).toList());
		if (handles.size() <= AT_ONCE) {
			return first;
		}
		return first.thenCompose((some) -> each(handles.subList(AT_ONCE, handles.size()), command)
			.thenApply((others) -> Stream.concat(some.stream(), others.stream()).toList()));
	}

	private static @Nullable Entry entry(String handle, @Nullable String text) {
		String[] lines = (text != null) ? text.split("\n", LINES) : new String[0];
		SessionLife life = (lines.length == LINES) ? SessionLife.parse(lines[0]) : null;
		if (life == null || !lines[1].matches("\\d{1,15}")) {
			return null;
		}
		return new Entry(handle, Instant.ofEpochMilli(life.created()), Instant.ofEpochMilli(Long.parseLong(lines[1])),
				lines[2]);
	}

	/**
	 * A session of a user.
	 *
	 * @param handle by which it can be revoked
	 * @param created when it began
	 * @param lastSeen when it was used last, late by at most the touch interval
	 * @param device with what, empty when that is not known
	 */
	public record Entry(String handle, Instant created, Instant lastSeen, String device) {

	}

}
