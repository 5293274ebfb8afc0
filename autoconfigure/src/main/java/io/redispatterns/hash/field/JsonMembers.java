package io.redispatterns.hash.field;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The members of a JSON object as texts of JSON, without a look at what they say.
 */
final class JsonMembers {

	private boolean text;

	private boolean escaped;

	private int depth;

	private JsonMembers() {
	}

	/**
	 * Take an object apart.
	 * @param json well-formed JSON of an object
	 * @param from where it begins
	 * @return the members, each name as it is written
	 */
	static Map<String, byte[]> split(byte[] json, int from) {
		Map<String, byte[]> members = new LinkedHashMap<>();
		JsonMembers place = new JsonMembers();
		String name = "";
		int begin = from + 1;
		for (int i = from; i < json.length; i++) {
			boolean structure = place.step(json[i]);
			boolean last = structure && json[i] == '}' && place.depth == 0;
			if (last || (structure && place.depth == 1 && (json[i] == ':' || json[i] == ','))) {
				String part = new String(json, begin, i - begin, StandardCharsets.UTF_8).strip();
				if (json[i] == ':') {
					name = part.substring(1, part.length() - 1);
				}
				else if (!part.isEmpty()) {
					members.put(name, part.getBytes(StandardCharsets.UTF_8));
				}
				begin = i + 1;
			}
		}
		return members;
	}

	/**
	 * Put an object together.
	 * @param mark the byte to begin with
	 * @param members the members, each name as it is to be written
	 * @return the mark and the object
	 */
	static byte[] join(byte mark, Map<String, byte[]> members) {
		ByteArrayOutputStream object = new ByteArrayOutputStream(256);
		object.write(mark);
		byte separator = '{';
		for (Map.Entry<String, byte[]> member : members.entrySet()) {
			object.write(separator);
			object.writeBytes(('"' + member.getKey() + "\":").getBytes(StandardCharsets.UTF_8));
			object.writeBytes(member.getValue());
			separator = ',';
		}
		object.write('}');
		return object.toByteArray();
	}

	/**
	 * Whether a text stays one member when it is put into an object, whatever else may be
	 * wrong with it.
	 */
	static boolean isContained(byte[] member) {
		JsonMembers place = new JsonMembers();
		for (byte each : member) {
			boolean structure = place.step(each);
			if (place.depth < 0 || (structure && place.depth == 0 && (each == ',' || each == ':'))) {
				return false;
			}
		}
		return place.depth == 0 && !place.text && member.length > 0;
	}

	/**
	 * Go on by a byte.
	 * @return whether it stands outside of texts
	 */
	private boolean step(byte next) {
		if (this.text) {
			this.text = this.escaped || next != '"';
			this.escaped = !this.escaped && next == '\\';
			return false;
		}
		if (next == '{' || next == '[') {
			this.depth++;
		}
		else if (next == '}' || next == ']') {
			this.depth--;
		}
		this.text = next == '"';
		return !this.text;
	}

}
