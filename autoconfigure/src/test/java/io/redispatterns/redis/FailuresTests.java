package io.redispatterns.redis;

import java.util.concurrent.CompletionException;

import io.redispatterns.redis.RedisFailureException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What error replies of servers old and new are taken for.
 */
class FailuresTests {

	private static final String SHA = "f_ff967d0ae0e68b4f9e360fa91c54598bc25ad9b6";

	private final Failures failures = new Failures(IllegalStateException.class::isInstance);

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', delimiter = '|',
			textBlock = """
					OOM command not allowed when used memory > 'maxmemory'. script: 5a, on @user_script:1. | FULL | OOM
					ERR Error running script (call to SHA): @user_script:1: @user_script: 1: -OOM command not allowed | FULL | OOM
					ERR Error running script (call to SHA): @user_script:12: @user_script: 12: -READONLY You can't write | READONLY | READONLY
					ERR Error running script (call to SHA): @user_script:1: @user_script: 1: -MISCONF Redis is configured | FULL | MISCONF
					ERR Error running script (call to SHA): @user_script:1: WRONGTYPE Operation against a key | REFUSED | WRONGTYPE
					ERR Error running script (call to SHA): @user_script:1: @user_script: 1: Unknown Redis command | REFUSED | ERR
					ERR unknown command `A`, with args beginning with: `): @user_script:1: -OOM x` | REFUSED | ERR
					@user_script: 43: -READONLY You can't write against a read only replica. | READONLY | READONLY
					LOADING Redis is loading the dataset in memory | AWAY | LOADING
					NOPERM this user has no permissions | REFUSED | NOPERM
					LOADING | AWAY | LOADING
					no code at all | REFUSED | ERR
					""")
	void tellsTheCodeOfAnErrorReply(String reply, Kind kind, String code) {
		RedisFailureException failure = this.failures.sent(new IllegalStateException(reply.replace("SHA", SHA)));
		assertThat(failure.kind()).isEqualTo(kind);
		assertThat(failure).hasMessage("The server refused a command: " + code);
	}

	@Test
	void knowsKeysOfSeveralSlotsByWhateverTellsOfThem() {
		RuntimeException reply = new IllegalStateException("CROSSSLOT Keys in request don't hash to the same slot");
		assertThat(Failures.areSlotsApart(new CompletionException(reply))).isTrue();
		assertThat(Failures.areSlotsApart(this.failures.sent(reply))).isTrue();
		assertThat(Failures.areSlotsApart(new IllegalArgumentException("of the client", reply))).isTrue();
		assertThat(Failures.areSlotsApart(new IllegalStateException("ERR of a key named CROSSSLOT"))).isFalse();
		assertThat(Failures.areSlotsApart(new IllegalStateException())).isFalse();
	}

}
