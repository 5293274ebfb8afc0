/**
 * What every answer of the shop carries: the headers that keep a browser safe, and how
 * long the answer took and how often it asked the database.
 */
@NullMarked
package io.redispatterns.sample.web;

import org.jspecify.annotations.NullMarked;
