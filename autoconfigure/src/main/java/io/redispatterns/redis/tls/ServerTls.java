package io.redispatterns.redis.tls;

import javax.net.ssl.SSLParameters;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;

/**
 * Whether the connection to the server is one of TLS, and by what.
 *
 * @param isUsed whether it is, be it for the bundle or for a {@code rediss} URL
 * @param bundle the bundle, {@code null} for what the JVM trusts
 */
public record ServerTls(boolean isUsed, @Nullable SslBundle bundle) {

	/**
	 * Read what Spring Boot makes its connection factory from.
	 * @param details where the server is
	 * @param properties the settings, with a URL if there is one
	 * @return the settings of TLS
	 */
	public static ServerTls of(DataRedisConnectionDetails details, DataRedisProperties properties) {
		SslBundle bundle = details.getSslBundle();
		String url = properties.getUrl();
		return new ServerTls(bundle != null || (url != null && url.startsWith("rediss://")), bundle);
	}

	/**
	 * What sockets are to insist on: that the certificate is of the host they are for.
	 * @return the parameters, with the protocols and ciphers of the bundle
	 */
	public SSLParameters parameters() {
		SSLParameters parameters = new SSLParameters();
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		SslOptions options = (this.bundle != null) ? this.bundle.getOptions() : SslOptions.NONE;
		if (options.getCiphers() != null) {
			parameters.setCipherSuites(options.getCiphers());
		}
		if (options.getEnabledProtocols() != null) {
			parameters.setProtocols(options.getEnabledProtocols());
		}
		return parameters;
	}

}
