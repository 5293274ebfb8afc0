package io.redispatterns.ratelimit.rule;

import java.lang.reflect.Method;

import io.redispatterns.ratelimit.client.Caller;
import io.redispatterns.ratelimit.client.RateLimitTenantResolver;
import org.jspecify.annotations.Nullable;

import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.expression.spel.support.SimpleEvaluationContext;

/**
 * One call, as expressions see it.
 */
public final class LimitedCall {

	private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

	private final Caller caller;

	private final LimitSettings settings;

	private final @Nullable Method method;

	private final @Nullable Object[] args;

	private @Nullable SimpleEvaluationContext context;

	private LimitedCall(Caller caller, LimitSettings settings, @Nullable Method method, @Nullable Object[] args) {
		this.caller = caller;
		this.settings = settings;
		this.method = method;
		this.args = args;
	}

	/**
	 * A call that is known by its request.
	 */
	static LimitedCall of(Caller caller, LimitSettings settings) {
		return new LimitedCall(caller, settings, null, new Object[0]);
	}

	/**
	 * The call of a method.
	 */
	static LimitedCall of(Caller caller, LimitSettings settings, Method method, @Nullable Object[] args) {
		return new LimitedCall(caller, settings, method, args);
	}

	/**
	 * The address of the client.
	 * @return the address
	 */
	public String getIp() {
		return this.caller.address();
	}

	/**
	 * The authenticated user.
	 * @return the name, {@code null} for one who is not known
	 */
	public @Nullable String getUser() {
		return this.caller.user();
	}

	/**
	 * The key of an API as it was sent.
	 * @return the key, {@code null} when none was sent
	 */
	public @Nullable String getApiKey() {
		return this.caller.header(this.settings.apiKeyHeader());
	}

	/**
	 * The tenant.
	 * @return what the application's resolver finds
	 */
	public @Nullable String getTenant() {
		RateLimitTenantResolver resolver = this.settings.tenants();
		return (resolver != null) ? resolver.tenant(this.caller) : null;
	}

	/**
	 * Whether the authenticated user has a role.
	 * @param role the role, without a prefix
	 * @return whether he has
	 */
	public boolean hasRole(String role) {
		return this.caller.hasRole(role);
	}

	/**
	 * A header of the request.
	 * @param name the name of the header
	 * @return the first value, {@code null} when there is none
	 */
	public @Nullable String header(String name) {
		return this.caller.header(name);
	}

	Caller caller() {
		return this.caller;
	}

	/**
	 * The plan that the roles of the user say.
	 */
	@Nullable String planOfRoles() {
		for (var entry : this.settings.planByRole().entrySet()) {
			if (this.caller.hasRole(entry.getKey())) {
				return entry.getValue();
			}
		}
		return null;
	}

	/**
	 * What expressions may read, all of it without a way to assign anything.
	 */
	SimpleEvaluationContext context() {
		if (this.context == null) {
			this.context = createContext();
		}
		return this.context;
	}

	private SimpleEvaluationContext createContext() {
		SimpleEvaluationContext created = SimpleEvaluationContext.forReadOnlyDataBinding()
			.withInstanceMethods()
			.withAssignmentDisabled()
			.withRootObject(this)
			.build();
		@Nullable String[] names = (this.method != null) ? NAMES.getParameterNames(this.method) : null;
		for (int i = 0; i < this.args.length; i++) {
			created.setVariable("p" + i, this.args[i]);
			created.setVariable("a" + i, this.args[i]);
			String name = (names != null) ? names[i] : null;
			if (name != null) {
				created.setVariable(name, this.args[i]);
			}
		}
		return created;
	}

}
