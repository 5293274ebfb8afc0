package io.redispatterns;

import java.io.ObjectInputStream;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.temporal.Temporal;
import java.util.Date;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import org.springframework.data.redis.connection.RedisKeyCommands;
import org.springframework.data.redis.connection.RedisServerCommands;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.serializer.JdkSerializationRedisSerializer;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

/**
 * What no line of the main code does.
 */
@AnalyzeClasses(locations = MainClasses.class)
class CodingRulesTests {

	@ArchTest
	static final ArchRule noFieldInjection = NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

	@ArchTest
	static final ArchRule noStandardStreams = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

	@ArchTest
	static final ArchRule loggersAreOfSlf4j = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("java.util.logging..", "org.apache.commons.logging..");

	@ArchTest
	static final ArchRule timeIsInjected = noClasses().that(not(MainClasses.inFileNamed(".*AutoConfiguration")))
		.should()
		.accessTargetWhere(reads("the system clock", CodingRulesTests::isSystemTime))
		.because("time is Redis time or an injected Clock");

	@ArchTest
	static final ArchRule chanceIsInjected = noClasses().that(not(MainClasses.inFileNamed(".*AutoConfiguration")))
		.should()
		.accessTargetWhere(reads("a source of chance of its own", CodingRulesTests::isChance))
		.because("randomness and node identity are injected");

	@ArchTest
	static final ArchRule lettersHaveALocale = noClasses().should()
		.accessTargetWhere(reads("the default " + Locale.class.getSimpleName(),
				(target) -> target.getOwner().isEquivalentTo(String.class)
						&& Set.of("toLowerCase", "toUpperCase").contains(target.getName()) && parameters(target) == 0));

	@ArchTest
	static final ArchRule bytesHaveACharset = noClasses().should()
		.accessTargetWhere(reads("the default " + Charset.class.getSimpleName(), CodingRulesTests::isDefaultCharset));

	@ArchTest
	static final ArchRule listsAreMadeByToList = noClasses().should()
		.accessTargetWhere(reads("Collectors.toList",
				(target) -> target.getOwner().isEquivalentTo(Collectors.class) && target.getName().equals("toList")));

	@ArchTest
	static final ArchRule noClassIsNamedByData = noClasses().should()
		.dependOnClassesThat()
		.areAssignableTo(ObjectInputStream.class)
		.orShould()
		.dependOnClassesThat()
		.areAssignableTo(JdkSerializationRedisSerializer.class)
		.because("no JDK serialization");

	@ArchTest
	static final ArchRule noWalkOverAllKeys = noClasses().that()
		.resideOutsideOfPackage("io.redispatterns.advisor")
		.should()
		.accessTargetWhere(reads("all keys of a server", CodingRulesTests::isWalkOverAllKeys))
		.because("no KEYS, no SCAN, no FLUSH on any path");

	private static boolean isSystemTime(AccessTarget target) {
		JavaClass owner = target.getOwner();
		return switch (target.getName()) {
			case "currentTimeMillis" -> owner.isEquivalentTo(System.class);
			case "now" -> owner.isAssignableTo(Temporal.class) && !takes(target, Clock.class);
			case "<init>" -> owner.isEquivalentTo(Date.class) && parameters(target) == 0;
			default -> owner.isEquivalentTo(Clock.class) && target.getName().matches("system.*|tick(Millis|.+s)");
		};
	}

	private static boolean isChance(AccessTarget target) {
		JavaClass owner = target.getOwner();
		return switch (target.getName()) {
			case "random" -> owner.isEquivalentTo(Math.class);
			case "randomUUID" -> owner.isEquivalentTo(UUID.class);
			case "<init>" -> owner.isAssignableTo(Random.class);
			default -> owner.isEquivalentTo(ThreadLocalRandom.class);
		};
	}

	private static boolean isDefaultCharset(AccessTarget target) {
		if (!target.getOwner().isEquivalentTo(String.class)) {
			return false;
		}
		return switch (target.getName()) {
			case "getBytes" -> !takes(target, Charset.class);
			case "<init>" -> takes(target, byte[].class) && !takes(target, Charset.class);
			default -> false;
		};
	}

	private static boolean isWalkOverAllKeys(AccessTarget target) {
		JavaClass owner = target.getOwner();
		return switch (target.getName()) {
			case "keys", "scan", "randomKey" ->
				owner.isAssignableTo(RedisOperations.class) || owner.isAssignableTo(RedisKeyCommands.class);
			case "flushDb", "flushAll" -> owner.isAssignableTo(RedisServerCommands.class);
			default -> false;
		};
	}

	private static DescribedPredicate<JavaAccess<?>> reads(String what, Predicate<AccessTarget> target) {
		return describe("reads " + what, (access) -> target.test(access.getTarget()));
	}

	private static int parameters(AccessTarget target) {
		return (target instanceof AccessTarget.CodeUnitAccessTarget unit) ? unit.getRawParameterTypes().size() : -1;
	}

	private static boolean takes(AccessTarget target, Class<?> parameter) {
		return target instanceof AccessTarget.CodeUnitAccessTarget unit
				&& unit.getRawParameterTypes().stream().anyMatch((type) -> type.isEquivalentTo(parameter));
	}

}
