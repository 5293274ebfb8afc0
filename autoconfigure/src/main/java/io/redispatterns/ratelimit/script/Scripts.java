package io.redispatterns.ratelimit.script;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.redispatterns.redis.LuaScript;

/**
 * The scripts by the engines that they need, so that a server reads no engine that a
 * decision does not use.
 */
final class Scripts {

	static final LuaScript<Long> RELEASE = LuaScript.returningNumber(Scripts.class, "release.lua");

	static final LuaScript<Long> BLOCK = LuaScript.returningNumber(Scripts.class, "now.lua", "begin.lua", "block.lua");

	static final LuaScript<Long> RESET = LuaScript.returningNumber(Scripts.class, "reset.lua");

	private static final Map<Set<Engine>, LuaScript<byte[]>> DECIDE = new ConcurrentHashMap<>();

	private static final Map<Set<Engine>, LuaScript<Long>> SETTLE = new ConcurrentHashMap<>();

	private static final Map<Set<Engine>, LuaScript<Long>> TELL = new ConcurrentHashMap<>();

	private Scripts() {
	}

	static LuaScript<byte[]> decide(EnumSet<Engine> engines) {
		return DECIDE.computeIfAbsent(engines,
				(set) -> LuaScript.returningBytes(Scripts.class, files("now.lua", set, "decide.lua")));
	}

	static LuaScript<Long> settle(EnumSet<Engine> engines) {
		return SETTLE.computeIfAbsent(engines,
				(set) -> LuaScript.returningNumber(Scripts.class, files("now.lua", set, "settle.lua")));
	}

	static LuaScript<Long> tell(EnumSet<Engine> engines) {
		return TELL.computeIfAbsent(engines,
				(set) -> LuaScript.returningNumber(Scripts.class, files("now.lua", set, "tell.lua")));
	}

	static String[] files(String now, Set<Engine> engines, String end) {
		return Stream.of(Stream.of(now, "begin.lua"), engines.stream().map(Engine::file), Stream.of(end))
			.flatMap((part) -> part)
			.toArray(String[]::new);
	}

}
