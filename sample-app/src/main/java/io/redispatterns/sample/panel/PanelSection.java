package io.redispatterns.sample.panel;

/**
 * One part of the live panel.
 */
interface PanelSection {

	/**
	 * Returns the name of this part in the answer.
	 * @return the name
	 */
	String name();

	/**
	 * Reads the current state, without waiting for another system.
	 * @return a value that can be written as JSON
	 */
	Object read();

}
