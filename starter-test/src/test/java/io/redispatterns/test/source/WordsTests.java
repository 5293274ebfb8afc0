package io.redispatterns.test.source;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WordsTests {

	private final Words words = new Words();

	@Test
	void givesWhatIsThereWithoutWaitingForMore() {
		this.words.write("start\n");
		byte[] buffer = new byte[100];
		assertThat(this.words.read(buffer, 0, buffer.length)).isEqualTo(6);
		assertThat(buffer).startsWith('s', 't', 'a', 'r', 't', '\n');
	}

	@Test
	void keepsTheRestForTheNextRead() {
		this.words.write("end");
		assertThat(this.words.read(new byte[2], 0, 2)).isEqualTo(2);
		assertThat(this.words.read()).isEqualTo('d');
	}

}
