package io.redispatterns;

import java.nio.file.Path;
import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.LocationProvider;

/**
 * The compiled main code of this module, without the other modules on the class path.
 */
final class MainClasses implements LocationProvider {

	static final Path OUTPUT = Path.of("target", "classes");

	static final Path SOURCES = Path.of("src", "main", "java");

	@Override
	public Set<Location> get(Class<?> testClass) {
		return Set.of(Location.of(OUTPUT));
	}

	static JavaClasses all() {
		return Holder.CLASSES;
	}

	/**
	 * The file a class is written in: a nested class is judged by its outermost class.
	 */
	static JavaClass outermost(JavaClass type) {
		return type.getEnclosingClass().map(MainClasses::outermost).orElse(type);
	}

	static DescribedPredicate<JavaClass> inFileNamed(String regex) {
		return DescribedPredicate.describe("are in a file named " + regex,
				(type) -> outermost(type).getSimpleName().matches(regex));
	}

	private static final class Holder {

		private static final JavaClasses CLASSES = new ClassFileImporter().importPath(OUTPUT);

	}

}
