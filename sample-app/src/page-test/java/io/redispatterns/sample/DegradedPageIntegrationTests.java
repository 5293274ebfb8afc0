package io.redispatterns.sample;

import java.util.regex.Pattern;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

import org.springframework.test.context.TestPropertySource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * What a person sees who clicks on while Redis hangs.
 */
@TestPropertySource(properties = "redis.resilience.command-timeout=250ms")
class DegradedPageIntegrationTests extends RunningShop {

	private static final HasTextOptions PATIENT = new HasTextOptions().setTimeout(20_000);

	@Test
	void goesOnAndSaysThatItIsDegraded() {
		try (Chromium chromium = new Chromium(); BrowserContext context = chromium.browser().newContext()) {
			Page page = context.newPage();
			page.navigate("http://localhost:" + this.port + "/");
			Locator lamp = page.locator(".lamp");
			assertThat(lamp).hasText("Redis up");
			redis.server().freeze();
			page.getByLabel("Search the racks").pressSequentially("antonio jobim");
			assertThat(page.locator(".track")).hasCount(31);
			page.locator(".track").first().getByRole(AriaRole.LINK).first().click();
			assertThat(page.locator(".track").first()).isVisible();
			assertThat(lamp).hasText(Pattern.compile("Degraded: without Redis for .+"), PATIENT);
			redis.server().thaw();
			assertThat(lamp).hasText("Redis up", PATIENT);
		}
	}

}
