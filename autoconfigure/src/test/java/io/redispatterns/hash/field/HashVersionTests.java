package io.redispatterns.hash.field;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HashVersionTests {

	private static final Instant TIME = Instant.parse("2026-02-01T10:00:00.123456Z");

	@Test
	void writesNumbersInTheirOrder() {
		assertThat(List.of(Long.MIN_VALUE, -1L, 0L, 1L, 255L, 1L << 32, Long.MAX_VALUE)).extracting(HashVersion::of)
			.isSorted()
			.doesNotHaveDuplicates()
			.allSatisfy((version) -> assertThat(version).matches("[0-9a-f]{16}"));
		assertThat(HashVersion.of(7)).isEqualTo(HashVersion.of((short) 7)).isEqualTo(HashVersion.of(7L));
	}

	@Test
	void writesTimesInMicroseconds() {
		assertThat(List.of(Timestamp.from(TIME), LocalDateTime.ofInstant(TIME, ZoneOffset.UTC),
				TIME.atOffset(ZoneOffset.ofHours(5)), TIME.toEpochMilli() * 1000 + 456))
			.extracting(HashVersion::of)
			.containsOnly(HashVersion.of(TIME));
		assertThat(HashVersion.of(new Date(1))).isEqualTo(HashVersion.of(1000L));
	}

	@ParameterizedTest
	@ValueSource(strings = "text")
	void hasNoneOfWhatHasNoOrder(Object version) {
		assertThat(HashVersion.of(version)).isEqualTo(HashVersion.NONE);
		assertThat(HashVersion.of(null)).isEqualTo(HashVersion.NONE);
		assertThat(HashVersion.of(new java.sql.Date(1))).isEqualTo(HashVersion.NONE);
		assertThat(HashVersion.of(Instant.MAX)).isEqualTo(HashVersion.NONE);
	}

}
