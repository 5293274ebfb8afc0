package io.redispatterns.codec.json;

import java.util.Arrays;
import java.util.List;

import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.bean.PropertyValueBuffer;

/**
 * Creates a bean only when every property that is written for it is there, as Jackson
 * does for the components of a record: an absent property is another schema, not a null.
 */
final class CompleteBean extends ValueInstantiator.Delegating {

	private final int parameters;

	private final SettableBeanProperty[] properties;

	private CompleteBean(ValueInstantiator creator, int parameters, SettableBeanProperty[] properties) {
		super(creator);
		this.parameters = parameters;
		this.properties = properties;
	}

	static CompleteBean of(ValueInstantiator creator, DeserializationConfig config,
			List<SettableBeanProperty> setters) {
		SettableBeanProperty[] parameters = creator.canCreateFromObjectWith() ? creator.getFromObjectArguments(config)
				: new SettableBeanProperty[0];
		SettableBeanProperty[] properties = Arrays.copyOf(parameters, parameters.length + setters.size());
		for (int i = 0; i < setters.size(); i++) {
			properties[parameters.length + i] = new Required(setters.get(i), parameters.length + i);
		}
		return new CompleteBean(creator, parameters.length, properties);
	}

	List<SettableBeanProperty> required() {
		return List.of(this.properties).subList(this.parameters, this.properties.length);
	}

	@Override
	public ValueInstantiator createContextual(DeserializationContext context, BeanDescription.Supplier description) {
		return this;
	}

	@Override
	public boolean canCreateFromObjectWith() {
		return true;
	}

	// Jackson resolves the deserializers in place
	@Override
	public SettableBeanProperty[] getFromObjectArguments(DeserializationConfig config) {
		return this.properties;
	}

	@Override
	public Object createFromObjectWith(DeserializationContext context, SettableBeanProperty[] properties,
			PropertyValueBuffer buffer) {
		Object[] values = buffer.getParameters(context, properties);
		Object bean = (this.parameters > 0)
				? delegate().createFromObjectWith(context, Arrays.copyOf(values, this.parameters))
				: delegate().createUsingDefault(context);
		for (int i = this.parameters; i < values.length; i++) {
			properties[i].set(context, bean, values[i]);
		}
		return bean;
	}

	private static final class Required extends SettableBeanProperty.Delegating {

		private final int index;

		private Required(SettableBeanProperty property, int index) {
			super(property);
			this.index = index;
		}

		@Override
		protected SettableBeanProperty withDelegate(SettableBeanProperty property) {
			return new Required(property, this.index);
		}

		@Override
		public boolean isCreatorProperty() {
			return true;
		}

		@Override
		public int getCreatorIndex() {
			return this.index;
		}

	}

}
