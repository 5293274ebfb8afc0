package io.redispatterns.sample.account;

import java.util.Optional;

import io.redispatterns.sample.data.DatabaseTrips;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * The customers and their passwords, which are stored as salted hashes.
 */
@Component
final class Customers {

	private static final String CUSTOMER = """
			select customer_id as id, first_name, last_name, email, country from customer where lower(email) = ?
			""";

	private final JdbcClient jdbc;

	private final PasswordEncoder passwords = PasswordEncoderFactories.createDelegatingPasswordEncoder();

	private final String nobodys = this.passwords.encode("nobody");

	Customers(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	Optional<Customer> find(String email) {
		DatabaseTrips.add();
		return this.jdbc.sql(CUSTOMER).param(email).query(Customer.class).optional();
	}

	/**
	 * Tell whether the password is that of the customer. It takes as long for an e-mail
	 * that nobody has, so that nobody learns which ones are known.
	 */
	boolean know(Credentials credentials) {
		DatabaseTrips.add();
		String stored = this.jdbc.sql("select password from customer where lower(email) = ?")
			.param(credentials.email())
			.query(String.class)
			.optional()
			.orElse(this.nobodys);
		boolean matches = this.passwords.matches(credentials.password(), stored);
		return matches && !stored.equals(this.nobodys);
	}

}
