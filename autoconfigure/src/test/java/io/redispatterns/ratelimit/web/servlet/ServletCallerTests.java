package io.redispatterns.ratelimit.web.servlet;

import java.io.IOException;
import java.util.List;

import io.redispatterns.ratelimit.client.ClientAddresses;
import io.redispatterns.ratelimit.client.ClientIpProperties;
import io.redispatterns.ratelimit.http.HeaderStyle;
import io.redispatterns.ratelimit.http.LimitHttpProperties;
import io.redispatterns.ratelimit.http.LimitResponses;
import io.redispatterns.ratelimit.web.RequestState;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.filter.ForwardedHeaderFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServletCaller}.
 */
class ServletCallerTests {

	private static ServletCaller behindForwardedHeaderFilter(String peer, String... proxies)
			throws ServletException, IOException {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setRemoteAddr(peer);
		request.addHeader("X-Forwarded-For", "1.1.1.1, 203.0.113.7");
		MockFilterChain chain = new MockFilterChain();
		new ForwardedHeaderFilter().doFilter(request, new MockHttpServletResponse(), chain);
		HttpServletRequest seen = (HttpServletRequest) chain.getRequest();
		assertThat(seen.getRemoteAddr()).as("what Spring believes").isEqualTo("1.1.1.1");
		LimitResponses responses = new LimitResponses(
				new LimitHttpProperties(new LimitHttpProperties.Headers(HeaderStyle.NONE, false, false),
						new LimitHttpProperties.Problem(true)));
		return new ServletCaller(seen, new MockHttpServletResponse(), new RequestState(responses, false),
				new ClientAddresses(new ClientIpProperties(List.of(proxies), "x-forwarded-for", 64)));
	}

	@Test
	void doesNotBelieveWhatSpringDoes() throws ServletException, IOException {
		assertThat(behindForwardedHeaderFilter("198.51.100.1").address()).isEqualTo("198.51.100.1");
	}

	@Test
	void readsHeaderOfTrustedProxyThatSpringHasRemoved() throws ServletException, IOException {
		assertThat(behindForwardedHeaderFilter("10.0.0.1", "10.0.0.0/8").address()).isEqualTo("203.0.113.7");
	}

}
