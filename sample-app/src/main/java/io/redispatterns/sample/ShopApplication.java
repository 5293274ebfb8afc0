package io.redispatterns.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The record store.
 */
@SpringBootApplication(proxyBeanMethods = false)
public final class ShopApplication {

	private ShopApplication() {
	}

	public static void main(String[] args) {
		SpringApplication.run(ShopApplication.class, args);
	}

}
