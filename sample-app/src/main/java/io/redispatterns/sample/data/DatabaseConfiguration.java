package io.redispatterns.sample.data;

import java.sql.SQLException;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The configuration of the database in memory, in force unless a database is configured.
 */
@Configuration(proxyBeanMethods = false)
final class DatabaseConfiguration {

	@Bean
	@ConditionalOnProperty("shop.database.port")
	SharedDatabase sharedDatabase(@Value("${shop.database.port}") int port) throws SQLException {
		return new SharedDatabase(port);
	}

}
