package io.redispatterns;

import java.util.function.Predicate;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cache.CacheManager;
import org.springframework.context.annotation.Bean;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The house: which rooms there are, who may know whom, and how the cast of a room looks.
 */
@AnalyzeClasses(locations = MainClasses.class)
class ArchitectureTests {

	private static final String ROOT = "io.redispatterns";

	private static final String[] KERNEL = { ROOT + ".redis", ROOT + ".redis.key", ROOT + ".redis.resilience",
			ROOT + ".redis.tls" };

	private static final String[] CODEC = { ROOT + ".codec", ROOT + ".codec.json" };

	private static final String CACHE = ROOT + ".cache";

	private static final String[] PATTERNS = { CACHE, CACHE + ".bulk", CACHE + ".many", CACHE + ".entry",
			CACHE + ".load", CACHE + ".delivery", CACHE + ".fence", CACHE + ".call", CACHE + ".fill", CACHE + ".lease",
			CACHE + ".flight", CACHE + ".near", CACHE + ".node", CACHE + ".settings", CACHE + ".transaction",
			CACHE + ".value", ROOT + ".stampede", ROOT + ".stampede.sync", ROOT + ".invalidation",
			ROOT + ".invalidation.link", ROOT + ".invalidation.message", ROOT + ".write", ROOT + ".write.behind",
			ROOT + ".write.behind.read", ROOT + ".write.behind.queue", ROOT + ".warming", ROOT + ".warming.run",
			ROOT + ".ratelimit", ROOT + ".ratelimit.policy", ROOT + ".ratelimit.script", ROOT + ".ratelimit.local",
			ROOT + ".ratelimit.call", ROOT + ".ratelimit.endpoint", ROOT + ".ratelimit.client",
			ROOT + ".ratelimit.rule", ROOT + ".ratelimit.method", ROOT + ".ratelimit.http", ROOT + ".ratelimit.web",
			ROOT + ".ratelimit.web.servlet", ROOT + ".ratelimit.web.reactive", ROOT + ".session",
			ROOT + ".session.value", ROOT + ".session.store", ROOT + ".session.servlet", ROOT + ".session.reactive",
			ROOT + ".lock", ROOT + ".pubsub", ROOT + ".stream", ROOT + ".job", ROOT + ".leaderboard", ROOT + ".hash",
			ROOT + ".hash.field", ROOT + ".hash.script", ROOT + ".advisor", ROOT + ".embedded" };

	private static final DescribedPredicate<JavaClass> AUTO_CONFIGURATIONS = MainClasses
		.inFileNamed(".*AutoConfiguration");

	@ArchTest
	static final ArchRule everyTypeLivesInARoom = classes().should()
		.resideInAnyPackage(all(KERNEL, CODEC, PATTERNS))
		.because("a room is a pattern; there is no util, common, core, impl, internal, config or exception");

	@ArchTest
	static final ArchRule everyRoomIsNullMarked = classes().should(liveInANullMarkedPackage());

	@ArchTest
	static final ArchRule kernelKnowsNoPattern = noClasses().that()
		.resideInAnyPackage(KERNEL)
		.should()
		.dependOnClassesThat(resideInAPackage(ROOT + "..").and(resideOutsideOfPackages(KERNEL)));

	@ArchTest
	static final ArchRule codecKnowsOnlyTheKernel = noClasses().that()
		.resideInAnyPackage(CODEC)
		.should()
		.dependOnClassesThat(resideInAPackage(ROOT + "..").and(resideOutsideOfPackages(all(KERNEL, CODEC))));

	@ArchTest
	static final ArchRule patternsKnowNoOtherPatternThanCache = slices().matching(ROOT + ".(*)..")
		.should()
		.notDependOnEachOther()
		.ignoreDependency(alwaysTrue(),
				resideInAnyPackage(all(KERNEL, CODEC, new String[] { CACHE, CACHE + ".lease", CACHE + ".near" })))
		.ignoreDependency(resideInAPackage(ROOT + ".hash.."),
				resideInAnyPackage(CACHE + ".delivery", CACHE + ".fence", CACHE + ".flight", CACHE + ".transaction"))
		.because("the other rooms of the cache are its own, but for those whose guarantees hashes share");

	@ArchTest
	static final ArchRule roomsAreFreeOfCycles = slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

	@ArchTest
	static final ArchRule autoConfigurationsAreKnownOnlyToEachOther = noClasses().that(not(AUTO_CONFIGURATIONS))
		.should()
		.dependOnClassesThat()
		.areAnnotatedWith(AutoConfiguration.class);

	@ArchTest
	static final ArchRule autoConfigurationsArePublicAndFinal = classes().that()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.bePublic()
		.andShould()
		.haveModifier(JavaModifier.FINAL)
		.andShould()
		.haveSimpleNameEndingWith("AutoConfiguration")
		.andShould()
		.beTopLevelClasses();

	@ArchTest
	static final ArchRule autoConfigurationsAreAnnotated = classes().that()
		.haveSimpleNameEndingWith("AutoConfiguration")
		.should()
		.beAnnotatedWith(AutoConfiguration.class);

	@ArchTest
	static final ArchRule autoConfigurationsHaveNoPublicMembers = members().that()
		.areDeclaredInClassesThat(AUTO_CONFIGURATIONS)
		.and(DescribedPredicate.describe("are not constructors", (member) -> !(member instanceof JavaConstructor)))
		.should()
		.notBePublic()
		.because("what a user calls belongs to the API");

	@ArchTest
	static final ArchRule autoConfigurationsHaveNoPublicNestedTypes = noClasses().that(AUTO_CONFIGURATIONS)
		.should(be("nested and public", (type) -> !type.isTopLevelClass() && isPublic(type)));

	@ArchTest
	static final ArchRule beanMethodsArePackagePrivate = methods().that()
		.areAnnotatedWith(Bean.class)
		.should()
		.bePackagePrivate();

	@ArchTest
	static final ArchRule beanMethodsDoNotAskForClasses = methods().that()
		.areAnnotatedWith(Bean.class)
		.should()
		.notBeAnnotatedWith(ConditionalOnClass.class)
		.because("the method's own signature is read before the condition: put it on a nested configuration");

	@ArchTest
	static final ArchRule mechanismsAreHiddenAndFinal = noClasses().that()
		.resideOutsideOfPackages(KERNEL)
		.should(be("a Redis mechanism that is public or open",
				(type) -> type.getSimpleName().matches("Redis.*(?<!Properties|AutoConfiguration)")
						&& (isPublic(type) || !type.getModifiers().contains(JavaModifier.FINAL))));

	@ArchTest
	static final ArchRule hiddenClassesAreFinal = classes().that()
		.arePackagePrivate()
		.and()
		.areTopLevelClasses()
		.and()
		.areNotInterfaces()
		.and()
		.doNotHaveModifier(JavaModifier.ABSTRACT)
		.and(DescribedPredicate.describe("have no subclass", (type) -> type.getSubclasses().isEmpty()))
		.should()
		.haveModifier(JavaModifier.FINAL);

	@ArchTest
	static final ArchRule redisClientsAreKnownToMechanismsOnly = noClasses()
		.that(resideOutsideOfPackages(all(KERNEL, new String[] { ROOT + ".embedded", ROOT + ".session" })))
		.and(not(MainClasses.inFileNamed("Redis.*|.*AutoConfiguration")))
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.data.redis..", "io.lettuce..", "redis.clients..", "org.redisson..");

	@ArchTest
	static final ArchRule micrometerIsKnownToMetricsOnly = noClasses()
		.that(not(MainClasses.inFileNamed(".*(Metrics|Observation|MeterBinder|Health).*|.*AutoConfiguration")))
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.micrometer..");

	@ArchTest
	static final ArchRule namesSayWhatAThingIs = noClasses().should()
		.haveNameMatching(".*(Utils?|Helper|Impl|Service)");

	@ArchTest
	static final ArchRule onlyACacheManagerIsAManager = noClasses().that()
		.areNotAssignableTo(CacheManager.class)
		.should()
		.haveSimpleNameEndingWith("Manager");

	private static String[] all(String[]... rooms) {
		return Stream.of(rooms).flatMap(Stream::of).toArray(String[]::new);
	}

	private static ArchCondition<JavaClass> be(String description, Predicate<JavaClass> predicate) {
		return ArchCondition.from(DescribedPredicate.describe("be " + description, predicate));
	}

	private static boolean isPublic(JavaClass type) {
		return type.getModifiers().contains(JavaModifier.PUBLIC);
	}

	private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
		return new ArchCondition<>("live in a package that is @NullMarked") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
				events.add(new SimpleConditionEvent(type, marked,
						type.getPackageName() + " of " + type.getSimpleName() + " has no @NullMarked package-info"));
			}
		};
	}

}
