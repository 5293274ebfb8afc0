package io.redispatterns.test.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;

/**
 * What a container writes: answers on its standard output, the log on its error output.
 */
final class ContainerOutput extends ResultCallback.Adapter<Frame> {

	private static final long PATIENCE_SECONDS = 30;

	private final StringBuffer log = new StringBuffer();

	private final StringBuilder line = new StringBuilder();

	private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

	@Override
	public void onNext(Frame frame) {
		String text = new String(frame.getPayload(), StandardCharsets.UTF_8);
		if (frame.getStreamType() == StreamType.STDERR) {
			this.log.append(text);
			return;
		}
		this.line.append(text);
		for (int end = this.line.indexOf("\n"); end >= 0; end = this.line.indexOf("\n")) {
			this.lines.add(this.line.substring(0, end));
			this.line.delete(0, end + 1);
		}
	}

	String log() {
		return this.log.toString();
	}

	String readLine() throws IOException, InterruptedException {
		String answer = this.lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
		if (answer == null) {
			throw new IOException("The container that runs redis-server does not answer: " + this.log);
		}
		return answer;
	}

}
