package io.redispatterns.redis.tls;

import java.security.KeyStore;
import java.util.Objects;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyManagerFactorySpi;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;

import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslManagerBundle;

/**
 * Factories whose managers are those that the SSL bundle of a connection has when they
 * are asked for.
 */
public final class RenewedManagers {

	private RenewedManagers() {
	}

	/**
	 * What proves who this application is.
	 * @param connection has a bundle, and gives it as it is
	 * @return a factory that needs no initialization
	 */
	public static KeyManagerFactory keys(DataRedisConnectionDetails connection) {
		KeyManagerFactory first = managers(connection).getKeyManagerFactory();
		return new KeyManagerFactory(new Keys(connection), first.getProvider(), first.getAlgorithm()) {
		};
	}

	/**
	 * What tells which servers are trusted.
	 * @param connection has a bundle, and gives it as it is
	 * @return a factory that needs no initialization
	 */
	public static TrustManagerFactory trust(DataRedisConnectionDetails connection) {
		TrustManagerFactory first = managers(connection).getTrustManagerFactory();
		return new TrustManagerFactory(new Trust(connection), first.getProvider(), first.getAlgorithm()) {
		};
	}

	private static SslManagerBundle managers(DataRedisConnectionDetails connection) {
		SslBundle bundle = Objects.requireNonNull(connection.getSslBundle(), "The connection has no SSL bundle");
		return bundle.getManagers();
	}

	private static final class Keys extends KeyManagerFactorySpi {

		private final DataRedisConnectionDetails connection;

		private Keys(DataRedisConnectionDetails connection) {
			this.connection = connection;
		}

		@Override
		protected void engineInit(KeyStore store, char[] password) {
		}

		@Override
		protected void engineInit(ManagerFactoryParameters parameters) {
		}

		@Override
		protected KeyManager[] engineGetKeyManagers() {
			return managers(this.connection).getKeyManagerFactory().getKeyManagers();
		}

	}

	private static final class Trust extends TrustManagerFactorySpi {

		private final DataRedisConnectionDetails connection;

		private Trust(DataRedisConnectionDetails connection) {
			this.connection = connection;
		}

		@Override
		protected void engineInit(KeyStore store) {
		}

		@Override
		protected void engineInit(ManagerFactoryParameters parameters) {
		}

		@Override
		protected TrustManager[] engineGetTrustManagers() {
			return managers(this.connection).getTrustManagerFactory().getTrustManagers();
		}

	}

}
