package io.redispatterns.security;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A class that nobody allows, and that tells when it is made, and the payloads that ask
 * for one.
 */
class Canary implements Serializable {

	private static final long serialVersionUID = 1L;

	private static final AtomicInteger made = new AtomicInteger();

	private static final int DEPTH = 26;

	private static volatile boolean armed;

	Canary() {
		sing();
	}

	Canary(String text) {
		sing();
	}

	public void setName(String name) {
		sing();
	}

	private void readObject(ObjectInputStream in) {
		sing();
	}

	private static void sing() {
		if (armed) {
			made.incrementAndGet();
		}
	}

	static int made() {
		return made.get();
	}

	/**
	 * What an attacker with access to Redis may write: JSON that names a class in all its
	 * forms, what Java and Kryo serialize, with and without the marks of this library,
	 * and bombs.
	 */
	static List<byte[]> payloads() {
		armed = false;
		String name = Canary.class.getName();
		List<byte[]> payloads = new ArrayList<>();
		for (String form : List.of("{\"@class\":\"%s\",\"name\":\"x\"}", "[\"%s\",{\"name\":\"x\"}]",
				"{\"id\":[\"%s\",{}],\"name\":[\"%s\",{}]}", "{\"@type\":\"%s\",\"id\":1}", "\"%s\"",
				"[\"java.util.ArrayList\",[[\"%s\",{\"name\":\"x\"}]]]")) {
			byte[] json = form.replace("%s", name).getBytes(StandardCharsets.UTF_8);
			payloads.add(json);
			payloads.add(concat(new byte[] { 0x10 }, json));
			payloads.add(concat(new byte[] { 0x12, 0, (byte) name.length() },
					concat(name.getBytes(StandardCharsets.UTF_8), json)));
			payloads.add(concat(new byte[] { 'V', 0x10 }, json));
		}
		payloads.add(serialized(new Canary()));
		payloads.add(serialized(bomb()));
		payloads.add(kryo(name));
		payloads.add("[".repeat(100_000).getBytes(StandardCharsets.UTF_8));
		payloads.add(new byte[0]);
		armed = true;
		return payloads;
	}

	/**
	 * An entry of a cache as the library writes it, but for its value.
	 */
	static byte[] concat(byte[] head, byte[] tail) {
		byte[] whole = new byte[head.length + tail.length];
		System.arraycopy(head, 0, whole, 0, head.length);
		System.arraycopy(tail, 0, whole, head.length, tail.length);
		return whole;
	}

	/**
	 * Sets in sets: to read them takes the time of two to the power of their depth.
	 */
	private static Set<Object> bomb() {
		Set<Object> outermost = new HashSet<>();
		Set<Object> one = outermost;
		Set<Object> other = new HashSet<>();
		for (int i = 0; i < DEPTH; i++) {
			Set<Object> next = new HashSet<>();
			Set<Object> nextToo = new HashSet<>(Set.of("x"));
			one.add(next);
			one.add(nextToo);
			other.add(next);
			other.add(nextToo);
			one = next;
			other = nextToo;
		}
		return outermost;
	}

	private static byte[] serialized(Object object) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(object);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	/**
	 * Kryo's form of a class that is not registered: a mark, its name with the last
	 * letter marked, and the fields.
	 */
	private static byte[] kryo(String name) {
		byte[] letters = name.getBytes(StandardCharsets.UTF_8);
		letters[letters.length - 1] |= (byte) 0x80;
		return concat(new byte[] { 1, 0 }, concat(letters, new byte[] { 1, 0 }));
	}

}
