package io.redispatterns.races;

import java.io.Serializable;

/**
 * A row of the database.
 *
 * @param version how often the row was changed
 * @param stamp which change that was, of all that were tried
 */
record Track(int id, long version, long stamp) implements Serializable {

}
