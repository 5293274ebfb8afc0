package io.redispatterns.ratelimit.web;

import java.lang.reflect.Method;

import io.redispatterns.ratelimit.method.HandlerMethods;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.service.annotation.HttpExchange;

/**
 * The handler methods of controllers.
 */
final class AnsweringMethods implements HandlerMethods {

	@Override
	public boolean contain(Method method, Class<?> type) {
		return AnnotatedElementUtils.hasAnnotation(type, Controller.class)
				&& (AnnotatedElementUtils.hasAnnotation(method, RequestMapping.class)
						|| AnnotatedElementUtils.hasAnnotation(method, HttpExchange.class));
	}

}
