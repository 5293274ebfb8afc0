package io.redispatterns.sample;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * What a customer sees who signs in on two devices.
 */
class AccountPageIntegrationTests extends RunningShop {

	@Test
	void signsInSeesOwnSessionsEndsOneAndSignsOut() {
		try (Chromium chromium = new Chromium();
				BrowserContext laptop = chromium.browser().newContext();
				BrowserContext phone = chromium.browser().newContext()) {
			Page here = open(laptop);
			signIn(here, "guess");
			assertThat(here.getByRole(AriaRole.ALERT)).hasText("The e-mail or the password is wrong");
			signInWith(here, "chinook");
			assertThat(account(here)).hasText("Luís");
			here.reload();
			assertThat(account(here)).hasText("Luís");
			Page there = open(phone);
			signIn(there, "chinook");
			assertThat(account(there)).hasText("Luís");
			account(here).click();
			Locator sessions = here.locator(".sessions li");
			assertThat(sessions).hasCount(2);
			assertThat(sessions.filter(new Locator.FilterOptions().setHasText("This one"))).hasCount(1);
			button(here, "End it").click();
			assertThat(sessions).hasCount(1);
			assertThat(sessions).containsText("This one");
			there.reload();
			assertThat(account(there)).hasText("Sign in");
			button(here, "Sign out").click();
			assertThat(here.locator("#status")).hasText("You are signed out, and your basket is empty");
			here.reload();
			assertThat(account(here)).hasText("Sign in");
		}
	}

	private Page open(BrowserContext context) {
		Page page = context.newPage();
		page.navigate("http://localhost:" + this.port + "/");
		return page;
	}

	private static void signIn(Page page, String password) {
		account(page).click();
		page.getByLabel("E-mail").fill("luisg@embraer.com.br");
		signInWith(page, password);
	}

	private static void signInWith(Page page, String password) {
		page.getByLabel("Password").fill(password);
		page.getByLabel("Password").press("Enter");
	}

	private static Locator account(Page page) {
		return page.locator("#account");
	}

	private static Locator button(Page page, String name) {
		return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
	}

}
