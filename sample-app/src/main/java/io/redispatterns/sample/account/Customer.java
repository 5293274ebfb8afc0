package io.redispatterns.sample.account;

/**
 * A customer of the shop, as he sees himself.
 */
record Customer(int id, String firstName, String lastName, String email, String country) {

}
