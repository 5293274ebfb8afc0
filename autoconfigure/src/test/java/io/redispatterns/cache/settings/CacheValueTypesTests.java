package io.redispatterns.cache.settings;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.cache.annotation.AnnotationCacheOperationSource;
import org.springframework.cache.annotation.CacheConfig;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.Caching;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CacheValueTypes}.
 */
class CacheValueTypesTests {

	@Test
	void takesWhatMethodsReturn() {
		assertThat(types(Plain.class, "one", "list", "map", "array", "number")).containsExactly("Track", "List<Track>",
				"Map<Integer, List<Track>>", "Track[]", "int");
	}

	@Test
	void takesWhatIsBrought() {
		assertThat(types(Brought.class, "optional", "future", "mono", "flux", "deep")).containsExactly("Track", "Track",
				"Track", "List<Track>", "List<Track>");
	}

	@Test
	void takesWhatTheSubclassSays() {
		assertThat(types(Tracks.class, "generic", "generics")).containsExactly("Track", "Map<String, List<Track>>");
	}

	@Test
	void takesBoundsOfWildcards() {
		assertThat(types(Wildcards.class, "bound")).containsExactly("List<Track>");
	}

	@Test
	void takesAnyTypeOfWhatIsNotSaid() {
		assertThat(types(Wildcards.class, "raw", "open")).containsExactly("List<Object>", "Object");
	}

	@Test
	void findsAnnotationsOfClassesInterfacesAndCombinations() {
		assertThat(types(Configured.class, "configured", "combined", "fromInterface")).containsExactly("Track", "Track",
				"Track");
		assertThat(of(Configured.class).cacheNames()).contains("evicted", "put");
		assertThat(of(Configured.class).of("evicted")).isEmpty();
	}

	@Test
	void collectsEveryTypeOfACache() {
		assertThat(of(Two.class).of("two")).extracting(Object::toString)
			.containsExactlyInAnyOrder(Track.class.toString(), String.class.toString());
	}

	@Test
	void makesNoBean() {
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		beans.registerBeanDefinition("bad", BeanDefinitionBuilder.genericBeanDefinition(Plain.class, () -> {
			throw new IllegalStateException("made");
		}).getBeanDefinition());
		assertThat(CacheValueTypes.of(beans, List.of(new AnnotationCacheOperationSource()), List.of()).cacheNames())
			.isNotEmpty();
	}

	@Test
	void looksBehindProxies() {
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		beans.registerBeanDefinition("proxy",
				BeanDefinitionBuilder.genericBeanDefinition(Object.class).getBeanDefinition());
		beans.getBeanDefinition("proxy").setAttribute(AutoProxyUtils.ORIGINAL_TARGET_CLASS_ATTRIBUTE, Plain.class);
		assertThat(CacheValueTypes.of(beans, List.of(new AnnotationCacheOperationSource()), List.of()).cacheNames())
			.contains("one");
	}

	private static List<String> types(Class<?> bean, String... caches) {
		CacheValueTypes types = of(bean);
		return List.of(caches)
			.stream()
			.map(types::of)
			.map(Collection::iterator)
			.map((found) -> found.next().getTypeName().replaceAll("[\\w.]+[.$](\\w+)", "$1"))
			.toList();
	}

	private static CacheValueTypes of(Class<?> bean) {
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		beans.registerBeanDefinition("bean", BeanDefinitionBuilder.genericBeanDefinition(bean).getBeanDefinition());
		return CacheValueTypes.of(beans, List.of(new AnnotationCacheOperationSource()), List.of());
	}

	record Track(int id) {

	}

	abstract static class Plain {

		@Cacheable("one")
		public abstract Track one();

		@Cacheable("list")
		public abstract List<Track> list();

		@Cacheable("map")
		public abstract Map<Integer, List<Track>> map();

		@Cacheable("array")
		public abstract Track[] array();

		@Cacheable("number")
		public abstract int number();

	}

	abstract static class Brought {

		@Cacheable("optional")
		public abstract Optional<Track> optional();

		@Cacheable("future")
		public abstract CompletableFuture<Track> future();

		@Cacheable("mono")
		public abstract Mono<Track> mono();

		@Cacheable("flux")
		public abstract Flux<Track> flux();

		@Cacheable("deep")
		public abstract CompletableFuture<Optional<List<Track>>> deep();

	}

	abstract static class Base<T> {

		@Cacheable("generic")
		public abstract T generic();

		@Cacheable("generics")
		public abstract Map<String, List<T>> generics();

	}

	abstract static class Tracks extends Base<Track> {

	}

	abstract static class Wildcards {

		@Cacheable("bound")
		public abstract List<? extends Track> bound();

		@Cacheable("raw")
		@SuppressWarnings("rawtypes")
		public abstract List raw();

		@Cacheable("open")
		public abstract <T> T open();

	}

	interface Finder {

		@Cacheable("fromInterface")
		Track find();

	}

	@CacheConfig(cacheNames = "configured")
	abstract static class Configured implements Finder {

		@Cacheable
		public abstract Track one();

		@Caching(cacheable = @Cacheable("combined"), evict = @CacheEvict("evicted"))
		public abstract Track two();

		@CachePut("put")
		public abstract void nothing();

	}

	abstract static class Two {

		@Cacheable("two")
		public abstract Track one();

		@CachePut("two")
		public abstract Mono<String> other();

		@CacheEvict("two")
		public abstract Set<String> evict();

	}

}
