package io.redispatterns.sample;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Tests for the shop on a real PostgreSQL.
 */
@ActiveProfiles("postgres")
class PostgresShopIntegrationTests extends ShopContract {

	private static TestPostgres postgres;

	@BeforeAll
	static void start() throws Exception {
		postgres = TestPostgres.start();
	}

	@AfterAll
	static void stop() throws Exception {
		postgres.close();
	}

	@DynamicPropertySource
	static void postgres(DynamicPropertyRegistry registry) {
		registry.add("spring.datasource.url", () -> postgres.jdbcUrl());
		registry.add("spring.datasource.username", () -> "postgres");
	}

}
