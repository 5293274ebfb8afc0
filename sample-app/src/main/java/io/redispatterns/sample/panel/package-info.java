/**
 * What the live panel of the page draws: the state of each pattern, read from the meters
 * that the starter and Spring Boot keep on this node. A pattern joins the panel by a
 * {@link PanelSection} of its own.
 */
@NullMarked
package io.redispatterns.sample.panel;

import org.jspecify.annotations.NullMarked;
