package io.redispatterns.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cache.annotation.EnableCaching;

/**
 * The record store.
 */
@EnableCaching
@SpringBootApplication(proxyBeanMethods = false)
final class ShopApplication {

	private ShopApplication() {
	}

	public static void main(String[] args) {
		SpringApplication.run(ShopApplication.class, args);
	}

}
