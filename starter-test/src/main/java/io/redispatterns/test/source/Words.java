package io.redispatterns.test.source;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The standard input of a container, written by any thread, read by one, without end.
 * <p>
 * A {@link java.io.PipedInputStream} breaks when the thread that wrote last is gone.
 */
final class Words extends InputStream {

	private final BlockingQueue<byte[]> queue = new LinkedBlockingQueue<>();

	private byte[] current = new byte[0];

	private int position;

	void write(String text) {
		this.queue.add(text.getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public int read() {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0];
	}

	@Override
	public int read(byte[] buffer, int offset, int length) {
		if (this.position == this.current.length) {
			try {
				this.current = this.queue.take();
				this.position = 0;
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return -1;
			}
		}
		int count = Math.min(length, this.current.length - this.position);
		System.arraycopy(this.current, this.position, buffer, offset, count);
		this.position += count;
		return count;
	}

}
