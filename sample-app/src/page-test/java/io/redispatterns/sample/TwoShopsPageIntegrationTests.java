package io.redispatterns.sample;

import java.util.regex.Pattern;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * What two people see, each on a node of their own.
 */
class TwoShopsPageIntegrationTests extends RunningShop {

	private static final int PATIENCE = 20_000;

	@Test
	void showsBothNodesAndFollowsWhatTheOtherWrites() {
		try (ConfigurableApplicationContext other = startAnother();
				Chromium chromium = new Chromium();
				BrowserContext context = chromium.browser().newContext()) {
			Page here = open(context, this.port);
			Page there = open(context, port(other));
			for (Page page : new Page[] { here, there }) {
				assertThat(page.locator(".nodes li")).hasCount(2, new HasCountOptions().setTimeout(PATIENCE));
				assertThat(page.locator(".wire li")).hasCount(0);
			}
			here.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Price gun")).click();
			Locator price = here.getByLabel("Price of Overdose");
			price.fill("1.39");
			price.press("Enter");
			assertThat(there.locator("[data-price='20']")).hasText("$1.39", new HasTextOptions().setTimeout(PATIENCE));
			for (Page page : new Page[] { here, there }) {
				Locator heard = page.locator(".wire li", new Page.LocatorOptions()
					.setHasText(":%d \u2192 :%d".formatted(this.port, port(other))));
				assertThat(heard.last()).containsText(Pattern.compile("tracks .*release"),
						new ContainsTextOptions().setTimeout(PATIENCE));
				assertThat(page.locator("[data-port='%d']".formatted(port(other)))).containsText(
						Pattern.compile("[1-9]\\d* heard"), new ContainsTextOptions().setTimeout(PATIENCE));
			}
		}
	}

	private static Page open(BrowserContext context, int port) {
		Page page = context.newPage();
		page.navigate("http://localhost:%d/#/album/4".formatted(port));
		assertThat(page.locator("[data-price='20']")).hasText("$0.99");
		return page;
	}

}
