package io.redispatterns.cache.fence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.redispatterns.cache.delivery.Pipeline;
import io.redispatterns.cache.fence.Participant.Noted;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction has made of all that takes part in it, and loads of it that are to
 * be stored when it has committed.
 */
final class Changes {

	private final Map<Participant<?>, Share<?>> shares = new LinkedHashMap<>();

	private final List<Runnable> fills = new ArrayList<>();

	<C extends Noted<C>> C of(Participant<C> participant) {
		C noted = find(participant);
		if (noted == null) {
			noted = participant.nothing();
			this.shares.put(participant, new Share<>(participant, noted));
		}
		return noted;
	}

	@SuppressWarnings("unchecked")
	<C extends Noted<C>> @Nullable C find(Participant<C> participant) {
		Share<?> share = this.shares.get(participant);
		return (share != null) ? (C) share.noted() : null;
	}

	Collection<Share<?>> shares() {
		return this.shares.values();
	}

	List<Runnable> fills() {
		return this.fills;
	}

	Changes copy() {
		Changes copy = new Changes();
		this.shares.forEach((participant, share) -> copy.shares.put(participant, share.copy()));
		copy.fills.addAll(this.fills);
		return copy;
	}

	/**
	 * What a transaction has made of one participant.
	 */
	record Share<C extends Noted<C>>(Participant<C> participant, C noted) {

		Share<C> copy() {
			return new Share<>(this.participant, this.noted.copy());
		}

		void fence(byte[] transaction, Pipeline pipeline, Consumer<FenceFailureException> refused) {
			this.participant.fence(transaction, this.noted, pipeline, refused);
		}

		void release(byte[] transaction, Pipeline pipeline, boolean fenced) {
			this.participant.release(transaction, this.noted, pipeline, fenced);
		}

		void rollBack(byte[] transaction, Pipeline pipeline) {
			this.participant.rollBack(transaction, this.noted, pipeline);
		}

	}

}
