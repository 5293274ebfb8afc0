package io.redispatterns.ratelimit.web.servlet;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.redispatterns.ratelimit.RateLimitExceededException;
import io.redispatterns.ratelimit.client.Caller;
import io.redispatterns.ratelimit.http.LimitResponses;
import io.redispatterns.ratelimit.rule.Admission;
import io.redispatterns.ratelimit.rule.Admissions;
import io.redispatterns.ratelimit.rule.LimitRule;
import io.redispatterns.ratelimit.rule.LimitRuleProperties.Phase;
import io.redispatterns.ratelimit.web.PathLimits;
import io.redispatterns.ratelimit.web.RequestState;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Limits requests by the rules of the early phase, and ends what a request was given when
 * it is answered.
 */
final class RateLimitFilter extends OncePerRequestFilter {

	private final PathLimits paths;

	private final Admissions admissions;

	private final ServletCallers callers;

	private final LimitResponses responses;

	private final RefusalAnswer refusals;

	private final Set<String> single;

	RateLimitFilter(PathLimits paths, Admissions admissions, ServletCallers callers, LimitResponses responses,
			RefusalAnswer refusals) {
		this.paths = paths;
		this.admissions = admissions;
		this.callers = callers;
		this.responses = responses;
		this.refusals = refusals;
		Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		names.addAll(responses.names());
		this.single = Collections.unmodifiableSet(names);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		RequestState state = new RequestState(this.responses, request.getHeader(HttpHeaders.ORIGIN) != null);
		request.setAttribute(RequestState.ATTRIBUTE, state);
		HttpServletResponse told = new SingleFields(response, this.single);
		boolean returned = false;
		try {
			if (enter(request, told, state)) {
				chain.doFilter(request, told);
			}
			returned = true;
		}
		finally {
			if (request.isAsyncStarted()) {
				request.getAsyncContext().addListener(new AnswerListener(state, told));
			}
			else if (returned) {
				state.answered(told.getStatus());
			}
			else {
				state.answered(false);
			}
		}
	}

	private boolean enter(HttpServletRequest request, HttpServletResponse response, RequestState state)
			throws IOException {
		if (this.paths.isEmpty(Phase.EARLY) || CorsUtils.isPreFlightRequest(request)) {
			return true;
		}
		List<LimitRule> rules = this.paths.match(Phase.EARLY, request.getMethod(),
				ServletRequestPathUtils.parse(request).pathWithinApplication());
		if (rules.isEmpty()) {
			return true;
		}
		Caller caller = this.callers.of(request, response, state);
		try {
			Admission admission = this.admissions.admit(rules, this.admissions.call(caller));
			admission.decisions().forEach(caller::tell);
			caller.whenAnswered(admission::end);
			return true;
		}
		catch (RateLimitExceededException ex) {
			this.refusals.answer(request, response, ex);
			return false;
		}
	}

}
