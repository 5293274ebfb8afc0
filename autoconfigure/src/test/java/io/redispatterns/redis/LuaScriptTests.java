package io.redispatterns.redis;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LuaScriptTests {

	@Test
	void readsTheFileBesideItsOwner() {
		LuaScript<Long> script = LuaScript.returningNumber(LuaScriptTests.class, "answer.lua");
		assertThat(script.text()).contains("return 42");
		assertThat(script.digest()).matches("[0-9a-f]{40}");
		assertThat(script.reply()).isEqualTo(LuaScript.Reply.NUMBER);
	}

	@Test
	void saysWhichFileIsMissing() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> LuaScript.returningBytes(LuaScriptTests.class, "gone.lua"))
			.withMessage("No script 'gone.lua' beside " + LuaScriptTests.class.getName());
	}

}
