package io.redispatterns.sample;

/**
 * Tests for the shop on H2.
 */
class ShopIntegrationTests extends ShopContract {

}
