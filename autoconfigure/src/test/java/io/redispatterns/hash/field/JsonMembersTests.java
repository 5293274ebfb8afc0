package io.redispatterns.hash.field;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class JsonMembersTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			{}|{}
			{"a":1}|{a=1}
			{"a":"x,y:{}[]\\"","b":null}|{a="x,y:{}[]\\"", b=null}
			{"a":"\\\\","größe":{"c":[1,{"d":"}"}]},"e":-1.5E3}|{a="\\\\", größe={"c":[1,{"d":"}"}]}, e=-1.5E3}
			{ "a" : [ ] , "b" : { } }|{a=[ ], b={ }}""")
	void splitsObjectIntoItsMembers(String json, String members) {
		assertThat(texts(JsonMembers.split(("#" + json).getBytes(StandardCharsets.UTF_8), 1))).hasToString(members);
	}

	@Test
	void joinsWhatItHasSplit() {
		byte[] json = "#{\"a\":\"x,\\\"\",\"größe\":{\"c\":[1,2]}}".getBytes(StandardCharsets.UTF_8);
		assertThat(JsonMembers.join((byte) '#', JsonMembers.split(json, 1))).isEqualTo(json);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "null", "\"a,b:}\"", "[1,2]", "{\"a\":{\"b\":1}}", "not json" })
	void containsOneMember(String member) {
		assertThat(JsonMembers.isContained(member.getBytes(StandardCharsets.UTF_8))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "1,\"b\":2", "1}", "[", "\"", "\"\\\"", "}{", "a:b" })
	void doesNotContainWhatWouldLeaveItsMember(String member) {
		assertThat(JsonMembers.isContained(member.getBytes(StandardCharsets.UTF_8))).isFalse();
	}

	private static Map<String, String> texts(Map<String, byte[]> members) {
		return members.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey,
					(member) -> new String(member.getValue(), StandardCharsets.UTF_8), (one, other) -> other,
					LinkedHashMap::new));
	}

}
