package io.redispatterns.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the page in a real browser. Each fails if the browser has anything to complain
 * about.
 */
class PageIntegrationTests extends RunningShop {

	private static Chromium chromium;

	private final List<String> complaints = new ArrayList<>();

	private BrowserContext context;

	private Page page;

	@BeforeAll
	static void startBrowser() {
		chromium = new Chromium();
	}

	@AfterAll
	static void stopBrowser() {
		chromium.close();
	}

	@BeforeEach
	void open() {
		this.context = chromium.browser().newContext();
		this.page = this.context.newPage();
		this.page.onConsoleMessage((message) -> {
			if (List.of("error", "warning").contains(message.type())) {
				this.complaints.add(message.text());
			}
		});
		this.page.onPageError(this.complaints::add);
		this.page.navigate("http://localhost:" + this.port + "/");
	}

	@AfterEach
	void close() {
		this.context.close();
		assertThat(this.complaints).isEmpty();
	}

	@Test
	void opensWithACrateOfAlbums() {
		assertThat(heading("Fresh in the crate")).isVisible();
		assertThat(this.page.locator(".crate a")).hasCount(12);
		assertThat(this.page.locator(".lamp")).hasText("Redis up");
	}

	@Test
	void searchesWhileTyping() {
		searchFor("antonio jobim");
		assertThat(this.page.locator(".track")).hasCount(31);
		assertThat(status()).containsText("31 tracks for \u201cantonio jobim\u201d");
		assertThat(this.page.locator(".display")).containsText("Cache miss");
		assertThat(budget()).hasText(Pattern.compile("\\d+ left"));
		assertThat(this.page.locator("[data-limit=search] dd").first()).hasText(Pattern.compile("[1-9]\\d*"));
		this.page.reload();
		assertThat(this.page.locator(".track")).hasCount(31);
		assertThat(status()).containsText("from the cache");
	}

	@Test
	void showsMarkupInASearchAsText() {
		searchFor("<img src=x onerror=alert(1)>");
		assertThat(status()).containsText("0 tracks for \u201c<img src=x onerror=alert(1)>\u201d");
		assertThat(this.page.locator("main img")).hasCount(0);
	}

	@Test
	void opensAnAlbumByKeyboardAndComesBack() {
		searchFor("are you gonna go my way");
		assertThat(this.page.locator(".track")).hasCount(1);
		Locator album = this.page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Greatest Hits"));
		album.first().press("Enter");
		assertThat(heading("Greatest Hits")).isFocused();
		assertThat(this.page.locator(".track")).hasCount(57);
		this.page.goBack();
		assertThat(status()).containsText("are you gonna go my way");
		assertThat(searchField()).hasValue("are you gonna go my way");
	}

	@Test
	void keepsTheBasketOverAReload() {
		searchFor("let there be rock");
		Locator row = this.page.locator(".track").first();
		row.getByRole(AriaRole.BUTTON).click();
		assertThat(row.getByRole(AriaRole.BUTTON)).hasText("In basket");
		assertThat(total()).hasText("$0.99");
		this.page.reload();
		assertThat(total()).hasText("$0.99");
		assertThat(this.page.locator("#basket-count")).hasText("1");
		this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Remove "))).click();
		assertThat(total()).hasText("$0.00");
	}

	@Test
	void drawsRisingNumbers() {
		Locator hits = this.page.locator("[data-cache=albums] td").first();
		assertThat(hits).hasText(Pattern.compile("\\d+"));
		int before = Integer.parseInt(hits.textContent());
		assertThat(this.page.locator(".crate a")).hasCount(12);
		this.page.reload();
		assertThat(this.page.locator(".crate a")).hasCount(12);
		this.page.waitForCondition(() -> Integer.parseInt(hits.textContent()) >= before + 12);
	}

	@Test
	void showsAStampedeAndItsSingleLoad() {
		Locator button = this.page.getByRole(AriaRole.BUTTON,
				new Page.GetByRoleOptions().setName("100 callers, one cold key"));
		Locator outcome = this.page.locator(".herd .outcome");
		assertThat(outcome).hasText("What if everyone asks for a record at once?");
		button.press("Enter");
		Pattern single = Pattern.compile("1 load for 100 callers.*Half of them had it in (under )?[\\d.]+ ms, 99% in [\\d.]+ ms");
		assertThat(outcome).hasText(single);
		assertThat(button).isFocused();
		button.click();
		assertThat(outcome).hasText(single);
	}

	@Test
	void changesAPriceOnThePage() {
		openAlbum(4);
		this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Add Overdose to the basket")).click();
		priceGun().click();
		Locator price = this.page.getByLabel("Price of Overdose");
		price.fill("1.49");
		price.press("Enter");
		assertThat(status()).hasText("Overdose costs $1.49 now, on every node");
		assertThat(total()).hasText("$1.49");
		assertThat(this.page.locator(".display")).containsText("PUT /api/tracks/20");
		price.fill("a lot");
		price.press("Enter");
		assertThat(status()).containsText("read");
		assertThat(price).hasValue("1.49");
		this.complaints.removeIf((complaint) -> complaint.contains("status of 400"));
		priceGun().click();
		assertThat(this.page.locator("[data-price='20']")).hasText("$1.49");
	}

	@Test
	void countsLooksAtAnAlbumBehindThePage() {
		openAlbum(5);
		this.page.waitForCondition(
				() -> this.jdbc.sql("select views from album_views where album_id = 5").query(Integer.class).single() == 1);
		this.page.reload();
		assertThat(this.page.locator(".facts")).hasText(Pattern.compile(".*, looked at 1 time"));
	}

	@Test
	void asksForPatienceAndSearchesAgainByItself() {
		AtomicInteger searches = new AtomicInteger();
		this.page.route("**/api/search*", (route) -> {
			if (searches.getAndIncrement() > 0) {
				route.resume();
				return;
			}
			route.fulfill(new Route.FulfillOptions().setStatus(429)
				.setHeaders(Map.of("Retry-After", "2", "RateLimit", "\"search\";r=0;t=2", "RateLimit-Policy",
						"\"search\";q=100;w=60")));
		});
		searchFor("let there be rock");
		assertThat(this.page.locator(".patience")).containsText("give the racks 2 seconds");
		assertThat(budget()).hasText("0 left");
		assertThat(this.page.locator(".track").first()).isVisible();
		assertThat(searches).hasValue(2);
		this.complaints.removeIf((complaint) -> complaint.contains("status of 429"));
	}

	@Test
	void invitesASecondNode() {
		assertThat(this.page.locator(".nodes li")).hasCount(1);
		assertThat(this.page.locator(".nodes li")).containsText("this page");
		assertThat(this.page.getByText("Nobody else is here")).isVisible();
	}

	@Test
	void fitsOnAPhone() {
		this.page.setViewportSize(360, 740);
		assertThat(this.page.locator("[data-cache]")).hasCount(3);
		searchFor("love");
		assertThat(this.page.locator(".track")).hasCount(50);
		Object overflow = this.page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
		assertThat(((Number) overflow).intValue()).isNotPositive();
	}

	private void openAlbum(int id) {
		this.page.navigate("http://localhost:%d/#/album/%d".formatted(this.port, id));
		assertThat(this.page.locator(".track").first()).isVisible();
	}

	private Locator priceGun() {
		return this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Price gun"));
	}

	private void searchFor(String term) {
		searchField().pressSequentially(term);
	}

	private Locator searchField() {
		return this.page.getByLabel("Search the racks");
	}

	private Locator heading(String name) {
		return this.page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setExact(true));
	}

	private Locator status() {
		return this.page.locator("#status");
	}

	private Locator budget() {
		return this.page.locator("[data-channel=budget] span");
	}

	private Locator total() {
		return this.page.locator("#basket-total");
	}

}
