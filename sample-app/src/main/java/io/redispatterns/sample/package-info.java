/**
 * The record store: a shop on the Chinook catalogue that uses each pattern of the starter
 * once, where a shop would use it. One package per concern of the shop; they know the
 * starter by its public types only.
 */
@NullMarked
package io.redispatterns.sample;

import org.jspecify.annotations.NullMarked;
