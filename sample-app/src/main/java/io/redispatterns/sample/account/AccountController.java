package io.redispatterns.sample.account;

import java.util.List;

import io.redispatterns.ratelimit.RateLimited;
import io.redispatterns.session.UserSession;
import io.redispatterns.session.UserSessions;
import io.redispatterns.session.servlet.HttpSessionLogin;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * The routes of a customer's account.
 */
@RestController
class AccountController {

	private final Customers customers;

	private final HttpSessionLogin login;

	private final UserSessions sessions;

	AccountController(Customers customers, HttpSessionLogin login, UserSessions sessions) {
		this.customers = customers;
		this.login = login;
		this.sessions = sessions;
	}

	@PostMapping("/auth/login")
	@RateLimited(policy = "login", by = RateLimited.By.IP, key = "#credentials.email() ?: 'nobody'")
	@RateLimited(policy = "login-customer", key = "#credentials.email() ?: 'nobody'")
	@RateLimited(policy = "login-address", by = RateLimited.By.IP)
	Customer login(HttpServletRequest request, @RequestBody Credentials credentials) {
		if (!credentials.arePlausible() || !this.customers.know(credentials)) {
			throw new NotLoggedInException("The e-mail or the password is wrong");
		}
		this.login.login(request, credentials.email());
		return customer(credentials.email());
	}

	@PostMapping("/auth/logout")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void logout(HttpServletRequest request, HttpServletResponse response) {
		this.login.logout(request, response);
	}

	@GetMapping("/api/me")
	Customer me(HttpServletRequest request) {
		return customer(user(request));
	}

	@GetMapping("/api/me/sessions")
	List<UserSession> sessions(HttpServletRequest request) {
		return this.sessions.list(user(request));
	}

	@DeleteMapping("/api/me/sessions/{handle}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void revoke(HttpServletRequest request, @PathVariable String handle) {
		if (!this.sessions.revoke(user(request), handle)) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND, "You have no such session");
		}
	}

	private String user(HttpServletRequest request) {
		String user = this.login.user(request);
		if (user == null) {
			throw new NotLoggedInException("Log in first");
		}
		return user;
	}

	private Customer customer(String email) {
		return this.customers.find(email).orElseThrow(() -> new NotLoggedInException("Your account is closed"));
	}

}
