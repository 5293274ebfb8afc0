package io.redispatterns.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;

/**
 * An authority, and what it signs for a server and its clients: all with one key each, so
 * that a certificate can be exchanged alone.
 */
final class Certificates {

	private static final KeyPair SERVER = keyPair();

	private static final KeyPair CLIENT = keyPair();

	private final X509Bundle authority;

	private final Instant now = Instant.now();

	Certificates(String name) throws Exception {
		this.authority = new CertificateBuilder().ecp256()
			.subject("CN=" + name)
			.notBefore(this.now.minus(20, ChronoUnit.DAYS))
			.notAfter(this.now.plus(20, ChronoUnit.DAYS))
			.setIsCertificateAuthority(true)
			.buildSelfSigned();
	}

	/**
	 * The certificate of a server on this machine, but for what a test changes.
	 */
	String server(UnaryOperator<CertificateBuilder> change) throws Exception {
		return signed(change.apply(valid(SERVER).addExtendedKeyUsageServerAuth()));
	}

	/**
	 * The certificate of a server on this machine.
	 */
	String server() throws Exception {
		return server((builder) -> builder.addSanIpAddress("127.0.0.1"));
	}

	String expiredServer() throws Exception {
		return server((builder) -> builder.addSanIpAddress("127.0.0.1").notAfter(this.now.minus(1, ChronoUnit.DAYS)));
	}

	String client() throws Exception {
		return signed(valid(CLIENT).addExtendedKeyUsageClientAuth());
	}

	String authority() {
		return this.authority.getCertificatePEM();
	}

	/**
	 * Write what a server needs: {@code server.pem}, {@code server.key} and
	 * {@code clients.pem}.
	 */
	void writeServer(Path directory) throws Exception {
		Files.writeString(directory.resolve("server.pem"), server());
		Files.writeString(directory.resolve("server.key"), key(SERVER));
		Files.writeString(directory.resolve("clients.pem"), authority());
	}

	/**
	 * Write what a client needs: {@code client.pem}, {@code client.key} and
	 * {@code servers.pem}.
	 */
	void writeClient(Path directory) throws Exception {
		Files.writeString(directory.resolve("client.key"), key(CLIENT));
		Files.writeString(directory.resolve("client.pem"), client());
		Files.writeString(directory.resolve("servers.pem"), authority());
	}

	private CertificateBuilder valid(KeyPair keys) {
		return new CertificateBuilder().keyPair(keys)
			.subject("CN=redis")
			.notBefore(this.now.minus(10, ChronoUnit.DAYS))
			.notAfter(this.now.plus(10, ChronoUnit.DAYS));
	}

	private String signed(CertificateBuilder builder) throws Exception {
		return builder.buildIssuedBy(this.authority).getCertificatePEM();
	}

	private String key(KeyPair keys) throws IOException {
		return X509Bundle
			.fromCertificatePath(this.authority.getCertificatePath(), this.authority.getCertificate(), keys)
			.getPrivateKeyPEM();
	}

	private static KeyPair keyPair() {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
			generator.initialize(new ECGenParameterSpec("secp256r1"));
			return generator.generateKeyPair();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
