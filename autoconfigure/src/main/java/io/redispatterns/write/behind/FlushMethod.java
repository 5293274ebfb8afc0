package io.redispatterns.write.behind;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.Collection;
import java.util.List;

import io.redispatterns.codec.ValueCodec;
import io.redispatterns.write.behind.WriteBatch.Change;
import io.redispatterns.write.behind.queue.ClaimedBatch;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

/**
 * A method that writes batches.
 *
 * @param bean name of the bean that has it
 * @param method the method
 * @param type type of the rows
 * @param rows whether it takes rows instead of a batch
 */
record FlushMethod(String bean, Method method, Type type, boolean rows) {

	static FlushMethod of(String bean, Class<?> owner, Method method) {
		if (method.getParameterCount() == 1) {
			ResolvableType parameter = ResolvableType.forMethodParameter(method, 0, owner);
			Class<?> raw = parameter.resolve(Object.class);
			boolean rows = Collection.class.isAssignableFrom(raw) && raw.isAssignableFrom(List.class);
			if (raw == WriteBatch.class || rows) {
				return new FlushMethod(bean, method, WriteBehindMethods.closed(parameter.getGeneric(0), method), rows);
			}
		}
		throw new IllegalStateException(
				"@WriteBehindFlush method '%s' must have one parameter, which is a".formatted(method)
						+ " 'WriteBatch' or, where nothing is deleted, a 'List' of the rows");
	}

	/**
	 * Have a batch written.
	 * @throws RuntimeException when it was not
	 */
	void call(BeanFactory beans, String queue, ClaimedBatch claimed, ValueCodec codec) {
		List<Change<Object>> changes = claimed.changes()
			.stream()
			.map((change) -> new Change<>(change.key(), change.decode(codec), change.sequence()))
			.toList();
		WriteBatch<Object> batch = new WriteBatch<>(queue + ":" + claimed.id(), claimed.tries(), changes);
		if (this.rows && !batch.deletedKeys().isEmpty()) {
			throw new IllegalStateException(
					"@WriteBehindFlush method '%s' takes no deletions: let it take a 'WriteBatch'"
						.formatted(this.method));
		}
		Object target = beans.getBean(this.bean);
		Method invocable = AopUtils.selectInvocableMethod(this.method, target.getClass());
		ReflectionUtils.makeAccessible(invocable);
		try {
			invocable.invoke(target, this.rows ? batch.rows() : batch);
		}
		catch (ReflectiveOperationException ex) {
			throw new UndeclaredThrowableException((ex.getCause() != null) ? ex.getCause() : ex);
		}
	}

}
