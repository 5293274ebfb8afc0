package io.redispatterns.sample;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient.BodyContentSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the shop does over HTTP, whichever database it runs on.
 */
abstract class ShopContract extends RunningShop {

	@ParameterizedTest
	@ValueSource(strings = { "artist 275", "album 347", "genre 25", "media_type 5", "track 3503", "customer 59",
			"invoice 412", "invoice_line 2240" })
	void loadsEveryRow(String expected) {
		String table = expected.split(" ")[0];
		int rows = this.jdbc.sql("select count(*) from " + table).query(Integer.class).single();
		assertThat(table + " " + rows).isEqualTo(expected);
	}

	@Test
	void loadsTextPricesAndTimesAsTheyAreWritten() {
		assertThat(this.jdbc.sql("select sum(total) from invoice").query(String.class).single()).isEqualTo("2328.60");
		assertThat(this.jdbc.sql("select first_name from customer where email = 'luisg@embraer.com.br'")
			.query(String.class)
			.single()).isEqualTo("Luís");
		assertThat(this.jdbc.sql("select count(*) from track where composer is null").query(Integer.class).single())
			.isEqualTo(977);
		assertThat(this.jdbc.sql("select count(*) from invoice where invoice_date < timestamp '2022-01-01 00:00:00'")
			.query(Integer.class)
			.single()).isEqualTo(83);
	}

	@Test
	void servesThePageWithItsHeaders() {
		this.client.get()
			.uri("/")
			.accept(MediaType.TEXT_HTML)
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueMatches("Content-Security-Policy", "default-src 'none'; script-src 'self'; .*")
			.expectHeader()
			.valueEquals("X-Content-Type-Options", "nosniff");
	}

	@Test
	void showsAnOperatorTheEntryOfATrackButNotTheTrack() {
		this.client.get().uri("/api/tracks/3").exchange().expectStatus().isOk();
		byte[] shown = this.client.get()
			.uri("/actuator/redispatterns/tracks?key=3&type=int")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.valid")
			.isEqualTo(true)
			.returnResult()
			.getResponseBody();
		assertThat(shown).asString().doesNotContain("Fast As a Shark");
		this.client.get().uri("/actuator/redispatterns/unknown").exchange().expectStatus().isNotFound();
		this.client.get().uri("/actuator/redispatterns/tracks?key=x&type=int").exchange().expectStatus().isBadRequest();
	}

	@Test
	void findsATrack() {
		this.client.get()
			.uri("/api/tracks/1")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals("Cache-Control", "no-store")
			.expectBody()
			.json("""
					{"id":1,"name":"For Those About To Rock (We Salute You)","albumId":1,
					"album":"For Those About To Rock We Salute You","artistId":1,"artist":"AC/DC","genre":"Rock",
					"mediaType":"MPEG audio file","composer":"Angus Young, Malcolm Young, Brian Johnson",
					"milliseconds":343719,"unitPrice":"0.99"}""");
	}

	@Test
	void findsManyTracksInTheOrderAskedForWithoutUnknownOnes() {
		expectJson("/api/tracks?ids=3503,1,99999,2").jsonPath("$[*].id")
			.value((ids) -> assertThat(ids).hasToString("[3503,1,2]"));
	}

	@Test
	void findsAnAlbumWithItsTracks() {
		expectJson("/api/albums/141").jsonPath("$.title")
			.isEqualTo("Greatest Hits")
			.jsonPath("$.artist")
			.isEqualTo("Lenny Kravitz")
			.jsonPath("$.tracks.length()")
			.isEqualTo(57);
	}

	@ParameterizedTest
	@ValueSource(strings = { "antonio carlos jobim", "ANTÔNIO CARLOS JOBIM", "jobim  antônio" })
	void searchesWithoutRegardToCaseAccentsAndOrder(String q) {
		this.client.get()
			.uri("/api/search?q={q}", q)
			.exchange()
			.expectBody()
			.jsonPath("$.length()")
			.isEqualTo(31)
			.jsonPath("$[0].artist")
			.isEqualTo("Antônio Carlos Jobim");
	}

	@Test
	void searchesForPercentAndQuoteAsLetters() {
		this.client.get().uri("/api/search?q={q}", "%").exchange().expectBody().jsonPath("$.length()").isEqualTo(2);
		this.client.get().uri("/api/search?q={q}", "' or 1=1").exchange().expectBody().json("[]");
	}

	@Test
	void putsTitlesThatBeginWithTheTermFirstAndStopsAtFifty() {
		expectJson("/api/search?q=love").jsonPath("$.length()")
			.isEqualTo(50)
			.jsonPath("$[0].name")
			.value((name) -> assertThat(name).asString().startsWith("Love"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/tracks/7", "/api/tracks?ids=1,2,3,99999", "/api/albums/9", "/api/search?q=metal" })
	void asksTheDatabaseOnceForTheSameQuestion(String uri) {
		long before = trips();
		byte[] first = get(uri, "1");
		assertThat(trips()).isEqualTo(before + 1);
		assertThat(get(uri, "0")).isEqualTo(first);
		assertThat(trips()).isEqualTo(before + 1);
	}

	@Test
	void changesAPriceWhereverItIsShown() {
		get("/api/tracks/20", "1");
		get("/api/albums/4", "1");
		get("/api/search?q=overdose", "1");
		reprice(20, "{\"unitPrice\":\"1.29\"}", 200).jsonPath("$.unitPrice").isEqualTo("1.29");
		long before = trips();
		expectJson("/api/tracks/20").jsonPath("$.unitPrice").isEqualTo("1.29");
		assertThat(trips()).as("written through").isEqualTo(before);
		expectJson("/api/albums/4").jsonPath("$.tracks[?(@.id == 20)].unitPrice")
			.value((prices) -> assertThat(prices).hasToString("[\"1.29\"]"));
		expectJson("/api/search?q=overdose").jsonPath("$[?(@.id == 20)].unitPrice")
			.value((prices) -> assertThat(prices).hasToString("[\"1.29\"]"));
		reprice(20, "{\"unitPrice\":0.99}", 200).jsonPath("$.unitPrice").isEqualTo("0.99");
	}

	@Test
	void refusesAPriceThatIsNone() {
		for (String body : List.of("{}", "{\"unitPrice\":\"-1\"}", "{\"unitPrice\":\"0.999\"}")) {
			reprice(22, body, 400).jsonPath("$.parameter").isEqualTo("unitPrice");
		}
		reprice(99999, "{\"unitPrice\":\"1.29\"}", 404);
	}

	@Test
	void asksTheDatabaseOnceForAnUnknownTrack() {
		expectProblem("/api/tracks/99999", 404);
		long before = trips();
		expectProblem("/api/tracks/99999", 404);
		assertThat(trips()).isEqualTo(before);
	}

	@Test
	void sharesEntriesBetweenOneAndMany() {
		get("/api/tracks/11", "1");
		get("/api/tracks?ids=11", "0");
		get("/api/tracks?ids=11,12", "1");
		get("/api/tracks/12", "0");
	}

	@Test
	void answersFiveHundredTracksAtOnce() {
		String ids = IntStream.rangeClosed(1, 500).mapToObj(String::valueOf).collect(Collectors.joining(","));
		expectJson("/api/tracks?ids=" + ids).jsonPath("$.length()").isEqualTo(500);
		get("/api/tracks?ids=" + ids, "0");
	}

	@Test
	void explainsWhatIsWrong() {
		String tooMany = String.join(",", Collections.nCopies(501, "1"));
		assertThat(expectProblem("/api/tracks/99999", 404)).isEqualTo("The catalogue has no track 99999");
		assertThat(expectProblem("/api/albums/348", 404)).isEqualTo("The catalogue has no album 348");
		assertThat(expectProblem("/api/tracks/abc", 400)).contains("abc");
		assertThat(expectProblem("/api/tracks", 400)).contains("ids");
		assertThat(expectProblem("/api/tracks?ids=1,x", 400)).contains("'x'");
		assertThat(expectProblem("/api/tracks?ids=" + tooMany, 400)).contains("at most 500");
		assertThat(expectProblem("/api/search?q=", 400)).isEqualTo("'q' must not be empty");
		assertThat(expectProblem("/api/search?q=" + "x".repeat(101), 400)).contains("at most 100");
		assertThat(expectProblem("/api/unknown", 404)).contains("api/unknown");
	}

	@Test
	void hasReadItsBestSellersBeforeAnybodyAsks() {
		expectJson("/actuator/metrics/redis.warming.entries?tag=cache:albums&tag=outcome:warmed")
			.jsonPath("$.measurements[0].value")
			.isEqualTo(20.0);
	}

	@Test
	void answersAStampedeWithASingleLoad() {
		get("/api/albums/141", "1");
		for (int run = 0; run < 3; run++) {
			this.client.post()
				.uri("/api/patterns/stampede")
				.exchange()
				.expectStatus()
				.isOk()
				.expectHeader()
				.valueEquals("Cache-Control", "no-store")
				.expectHeader()
				.valueMatches("Server-Timing", "app;dur=[0-9.]+, db;desc=\"1\"")
				.expectBody()
				.jsonPath("$.callers")
				.isEqualTo(100)
				.jsonPath("$.loads")
				.isEqualTo(1)
				.jsonPath("$.p50Millis")
				.value((millis) -> assertThat(((Number) millis).doubleValue()).isPositive())
				.jsonPath("$.p99Millis")
				.value((millis) -> assertThat(((Number) millis).doubleValue()).isPositive());
		}
		get("/api/albums/141", "0");
	}

	@Test
	void sendsStampedesByPostOnly() {
		assertThat(expectProblem("/api/patterns/stampede", 405)).contains("GET");
	}

	@Test
	void drawsTheCachesTheNodesAndRedis() {
		get("/api/tracks/21", "1");
		get("/api/tracks/21", "0");
		expectJson("/api/patterns").jsonPath("$.caches[*].name")
			.value((names) -> assertThat(names).hasToString("[\"albums\",\"search\",\"tracks\"]"))
			.jsonPath("$.caches[2].hits")
			.value((hits) -> assertThat(((Number) hits).intValue()).isPositive())
			.jsonPath("$.caches[2].hitRatio")
			.value((ratio) -> assertThat(((Number) ratio).doubleValue()).isBetween(0.01, 0.99))
			.jsonPath("$.redis.state")
			.isEqualTo("up")
			.jsonPath("$.database.trips")
			.value((trips) -> assertThat(((Number) trips).intValue()).isPositive())
			.jsonPath("$.nodes[0].port")
			.isEqualTo(this.port)
			.jsonPath("$.warming.warmed")
			.isEqualTo(20);
	}

	@Test
	void countsEachLookAtAnAlbumBehindItsCaller() {
		for (int look = 0; look < 3; look++) {
			look(7, 202);
		}
		Awaitility.await()
			.untilAsserted(() -> expectJson("/api/patterns").jsonPath("$.queues[0].written").isEqualTo(3));
		look(7, 202).jsonPath("$.views").isEqualTo(3);
		look(999, 404);
		Awaitility.await().untilAsserted(() -> assertThat(views(7)).isEqualTo(4));
		expectJson("/api/patterns").jsonPath("$.queues[0].waiting").isEqualTo(0);
	}

	private BodyContentSpec look(int album, int status) {
		return this.client.post()
			.uri("/api/albums/" + album + "/views")
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody();
	}

	private int views(int album) {
		return this.jdbc.sql("select views from album_views where album_id = ?")
			.param(album)
			.query(Integer.class)
			.single();
	}

	private BodyContentSpec reprice(int id, String body, int status) {
		return this.client.put()
			.uri("/api/tracks/" + id)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody();
	}

}
