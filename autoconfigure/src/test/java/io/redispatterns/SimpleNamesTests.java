package io.redispatterns;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.api.Test;

import org.springframework.asm.ClassReader;
import org.springframework.asm.Opcodes;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads the public types of Spring Boot and Spring Data Redis on the class path: two
 * classes of one simple name make code that is full of package names.
 */
class SimpleNamesTests {

	private static final String[] FOREIGN = { "classpath*:org/springframework/boot/**/*.class",
			"classpath*:org/springframework/data/redis/**/*.class" };

	/**
	 * Of Boot 3, and of Boot's session modules, which are not on this class path.
	 */
	private static final Set<String> FOREIGN_ELSEWHERE = Set.of("RedisAutoConfiguration", "RedisProperties",
			"SessionAutoConfiguration", "SessionProperties", "SessionTimeout", "SessionDataRedisAutoConfiguration",
			"SessionDataRedisProperties", "DefaultCookieSerializerCustomizer");

	@Test
	void noTypeHasASimpleNameOfSpringBootOrSpringDataRedis() throws IOException {
		Map<String, String> foreign = foreignTypes();
		assertThat(foreign).containsKeys("CacheProperties", "RedisCacheConfiguration", "DataRedisAutoConfiguration");
		Map<String, String> clashes = new TreeMap<>();
		for (JavaClass type : MainClasses.all()) {
			if (type.isTopLevelClass() && foreign.containsKey(type.getSimpleName())) {
				clashes.put(type.getName(), foreign.get(type.getSimpleName()));
			}
		}
		assertThat(clashes).as("our type, and the type whose simple name it repeats").isEmpty();
	}

	private static Map<String, String> foreignTypes() throws IOException {
		Map<String, String> types = new TreeMap<>();
		FOREIGN_ELSEWHERE.forEach((name) -> types.put(name, "Spring Boot's " + name));
		PathMatchingResourcePatternResolver resolver = new PathMatchingResourcePatternResolver();
		for (String pattern : FOREIGN) {
			for (Resource resource : resolver.getResources(pattern)) {
				String file = String.valueOf(resource.getFilename());
				if (!file.contains("$") && !file.contains("-") && isPublic(resource)) {
					types.put(file.substring(0, file.length() - ".class".length()), resource.getURL().getPath());
				}
			}
		}
		return types;
	}

	private static boolean isPublic(Resource resource) throws IOException {
		try (InputStream stream = resource.getInputStream()) {
			return (new ClassReader(stream).getAccess() & Opcodes.ACC_PUBLIC) != 0;
		}
	}

}
