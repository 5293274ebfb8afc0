package io.redispatterns.sample.web;

import java.util.Locale;

import io.redispatterns.sample.data.DatabaseTrips;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * The header {@code Server-Timing} of an answer: {@code app} is the time in milliseconds
 * until the answer was known, {@code db} the number of questions to the database. A
 * request with {@code db;desc="0"} was answered from a cache.
 */
@RestControllerAdvice("io.redispatterns.sample")
final class ServerTiming implements WebMvcConfigurer, HandlerInterceptor, ResponseBodyAdvice<Object> {

	private static final String START = ServerTiming.class.getName();

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(this).addPathPatterns("/api/**");
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		request.setAttribute(START, System.nanoTime());
		return true;
	}

	@Override
	public boolean supports(MethodParameter returnType, Class<? extends HttpMessageConverter<?>> converterType) {
		return true;
	}

	@Override
	public @Nullable Object beforeBodyWrite(@Nullable Object body, MethodParameter returnType, MediaType contentType,
			Class<? extends HttpMessageConverter<?>> converterType, ServerHttpRequest request,
			ServerHttpResponse response) {
		if (request instanceof ServletServerHttpRequest servlet
				&& servlet.getServletRequest().getAttribute(START) instanceof Long start) {
			double millis = (System.nanoTime() - start) / 1_000_000.0;
			response.getHeaders()
				.set("Server-Timing", String.format(Locale.ROOT, "app;dur=%.3f, db;desc=\"%d\"", millis,
						DatabaseTrips.ofCurrentRequest()));
		}
		return body;
	}

}
