package io.sluice.authorizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.outbound.SocketOutboundClient;
import io.sluice.outbound.oidc.KeyDiscovery;
import io.sluice.testing.GitLabStub;
import io.sluice.testing.TestKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the keys of a GitLab are fetched, renewed, kept and let go. */
final class DiscoveredKeysTest {

  private static final TestKey SECOND = TestKey.create("second");

  @TempDir Path directory;

  private final GitLabStub gitlab = GitLabStub.start();
  private final SocketOutboundClient outbound = Outbound.allowing(gitlab.url());
  private final MovableClock clock = new MovableClock();
  private final RecordedLog log = new RecordedLog();
  private final DiscoveredKeys keys = keys(KeyStore.NONE);

  @AfterEach
  void close() {
    outbound.close();
    gitlab.close();
  }

  private DiscoveredKeys keys(KeyStore store) {
    return new DiscoveredKeys(
        gitlab.url(), new KeyDiscovery(outbound), store, log, clock, Runnable::run);
  }

  @Test
  void givenNothingWasAsked_whenCreated_thenNothingIsFetched() {
    assertThat(gitlab.discoveryHits()).isZero();
  }

  @Test
  void givenKeysAreKnown_whenAskedAgain_thenTheyAreFetchedOnce() {
    keys.current();
    keys.current();

    assertThat(ids(keys.current())).containsExactly(gitlab.key().kid(), "ci-job");
    assertThat(gitlab.jwksHits()).isEqualTo(1);
    assertThat(log.lines()).singleElement().asString().contains("INFO auth.keys fetched");
  }

  @Test
  void givenManyAskAtOnce_whenNothingIsKnown_thenOneFetches() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<KeySet>> askers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        askers.add(keys::current);
      }
      for (Future<KeySet> answer : threads.invokeAll(askers)) {
        assertThat(answer.get().keys()).hasSize(2);
      }
    }

    assertThat(gitlab.jwksHits()).isEqualTo(1);
  }

  @Test
  void givenKeyIsRotatedIn_whenATokenNamesIt_thenItIsFetchedAtOnce() {
    keys.current();
    gitlab.publish(SECOND);

    assertThat(ids(keys.renewed())).contains("second");
  }

  @Test
  void givenUnknownKeyIds_when270ComeAtOnce_thenAFewFetchesAndOneIn30Seconds() {
    keys.current();
    for (int i = 0; i < 270; i++) {
      keys.renewed();
    }
    assertThat(gitlab.jwksHits()).isEqualTo(1 + RefreshAllowance.BURST);

    clock.forward(Duration.ofSeconds(29));
    keys.renewed();
    assertThat(gitlab.jwksHits()).isEqualTo(1 + RefreshAllowance.BURST);

    clock.forward(Duration.ofSeconds(1));
    keys.renewed();
    keys.renewed();
    assertThat(gitlab.jwksHits()).isEqualTo(2 + RefreshAllowance.BURST);
  }

  @Test
  void givenQuietTime_whenUnknownKeyIdsCome_thenTheAllowanceIsFullAgainAndNoFuller() {
    clock.forward(Duration.ofDays(1));
    for (int i = 0; i < 20; i++) {
      keys.renewed();
    }

    assertThat(gitlab.jwksHits()).isEqualTo(RefreshAllowance.BURST);
  }

  @Test
  void givenTenMinutesPassed_whenAsked_thenRenewedBesideTheRequest() {
    keys.current();
    gitlab.withdraw("ci-job");
    clock.forward(DiscoveredKeys.RENEWED_AFTER);

    keys.current();

    assertThat(gitlab.jwksHits()).isEqualTo(2);
    assertThat(ids(keys.current())).containsExactly(gitlab.key().kid());
  }

  @Test
  void givenAnHourPassed_whenAsked_thenRenewedFirst() {
    keys.current();
    gitlab.withdraw("ci-job");
    clock.forward(DiscoveredKeys.RENEWED_FIRST_AFTER);

    assertThat(ids(keys.current())).containsExactly(gitlab.key().kid());
  }

  @Test
  void givenClockWasSetBack_whenAsked_thenRenewedFirst() {
    keys.current();
    gitlab.withdraw("ci-job");
    clock.forward(Duration.ofDays(-3));

    assertThat(ids(keys.current())).containsExactly(gitlab.key().kid());
  }

  @Test
  void givenGitLabIsDown_whenKeysAge_thenTheLastGoodOnesLiveSevenDays() {
    keys.current();
    gitlab.down(true);

    clock.forward(DiscoveredKeys.KEPT_FOR.minusSeconds(1));
    assertThat(ids(keys.current())).contains(gitlab.key().kid());
    assertThat(log.lines()).last().asString().contains("WARNING", "stay in use", "503");

    clock.forward(Duration.ofSeconds(1));
    assertThat(keys.current().keys()).isEmpty();
    clock.forward(Duration.ofMinutes(1));
    assertThat(keys.current().keys()).isEmpty();
    assertThat(keys.renewed().keys()).isEmpty();
    assertThat(log.lines()).last().asString().contains("ERROR", "refused");

    gitlab.down(false);
    clock.forward(Duration.ofMinutes(1));
    assertThat(ids(keys.current())).contains(gitlab.key().kid());
  }

  @Test
  void givenGitLabIsDown_whenManyAsk_thenFewTryAndPausesGrow() {
    gitlab.down(true);
    for (int i = 0; i < 100; i++) {
      assertThat(keys.current().keys()).isEmpty();
      keys.renewed();
    }
    assertThat(gitlab.discoveryHits()).isEqualTo(1);

    for (int second = 0; second < 60; second++) {
      clock.forward(Duration.ofSeconds(1));
      keys.current();
    }
    assertThat(gitlab.discoveryHits()).isBetween(10, 20);
  }

  @Test
  void givenGitLabComesBack_whenAskedSecondsLater_thenItsKeysAreKnown() {
    gitlab.down(true);
    for (int i = 0; i < 20; i++) {
      keys.current();
      clock.forward(Duration.ofSeconds(1));
    }
    gitlab.down(false);
    clock.forward(Duration.ofSeconds(4));

    assertThat(keys.current().keys()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "[]",
        "{}",
        "{\"keys\":{}}",
        "{\"keys\":[],\"keys\":[]}",
        "{\"keys\":[]} x"
      })
  void givenMalformedJwks_whenRenewed_thenTheLastGoodKeysStay(String jwks) {
    keys.current();
    gitlab.jwks(jwks);
    clock.forward(DiscoveredKeys.RENEWED_FIRST_AFTER);

    assertThat(ids(keys.current())).contains(gitlab.key().kid());
    assertThat(log.lines()).last().asString().contains("WARNING", gitlab.url());
  }

  @Test
  void givenHugeJwks_whenFetched_thenItIsNotReadWhole() {
    gitlab.jwks(" ".repeat(KeyDiscovery.MAX_BYTES + 1));

    assertThat(keys.current().keys()).isEmpty();
    assertThat(log.lines()).last().asString().contains("more than 1048576 bytes");
  }

  @Test
  void givenEmptyJwks_whenRenewed_thenNoKeyIsBelieved() {
    keys.current();
    gitlab.jwks("{\"keys\":[]}");
    clock.forward(DiscoveredKeys.RENEWED_FIRST_AFTER);

    assertThat(keys.current().keys()).isEmpty();
  }

  @Test
  void givenOtherKeyTypes_whenFetched_thenTheyBreakNothing() throws Exception {
    TestKey small = TestKey.create("small", 1024);
    for (JsonObject jwk :
        List.of(
            object("{\"kty\":\"EC\",\"kid\":\"ec\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}"),
            object("{\"kty\":\"oct\",\"kid\":\"oct\",\"k\":\"AAAA\"}"),
            object("{\"kty\":\"RSA\",\"kid\":\"no-n\",\"e\":\"AQAB\"}"),
            object("{\"kty\":\"RSA\",\"kid\":\"bad-n\",\"e\":\"AQAB\",\"n\":\"*\"}"),
            object("{\"kid\":\"no-kty\"}"),
            with(SECOND, "kid", 7),
            with(SECOND, "e", "AQ"),
            with(SECOND, "e", "Aw"),
            with(SECOND, "use", "enc"),
            with(SECOND, "alg", "RS512"),
            with(SECOND, "key_ops", List.of("sign")),
            small.jwk())) {
      gitlab.publish(jwk);
    }
    gitlab.publish(Json.read("\"text\""));
    gitlab.publish(with(SECOND, "key_ops", List.of("verify")));

    assertThat(ids(keys.current())).containsExactly(gitlab.key().kid(), "ci-job", "second");
  }

  @Test
  void givenDiscoveryNamesAnotherIssuer_whenFetched_thenNothingIsBelieved() {
    gitlab.discovery(
        JsonObject.of(
            Map.of(
                "issuer",
                "https://gitlab.example.com",
                "jwks_uri",
                gitlab.url() + "/oauth/discovery/keys")));

    assertThat(keys.current().keys()).isEmpty();
    assertThat(log.lines()).last().asString().contains("names another issuer");
    assertThat(gitlab.jwksHits()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/oauth/discovery/keys",
        "http://127.0.0.1:1/oauth/discovery/keys",
        "https://SELF/oauth/discovery/keys",
        "http://user@SELF/oauth/discovery/keys",
        "http://localhost:PORT/oauth/discovery/keys",
        "http://169.254.169.254/latest",
        "not a url"
      })
  void givenJwksUri_whenItsOriginIsNotTheIssuers_thenItIsNotFetched(String uri) {
    String self = gitlab.url().substring("http://".length());
    String port = self.substring(self.indexOf(':') + 1);
    gitlab.discovery(
        JsonObject.of(
            Map.of(
                "issuer",
                gitlab.url(),
                "jwks_uri",
                uri.replace("SELF", self).replace("PORT", port))));

    assertThat(keys.current().keys()).isEmpty();
    assertThat(log.lines()).last().asString().contains("another scheme, host or port");
    assertThat(gitlab.jwksHits()).isZero();
  }

  @Test
  void givenRelativePath_whenOnlyTheRootServesDiscovery_thenItIsFoundThere() {
    gitlab.discovery(
        JsonObject.of(
            Map.of(
                "issuer",
                gitlab.url() + "/relative",
                "jwks_uri",
                gitlab.url() + "/oauth/discovery/keys")));
    DiscoveredKeys relative =
        new DiscoveredKeys(
            gitlab.url() + "/relative",
            new KeyDiscovery(outbound),
            KeyStore.NONE,
            log,
            clock,
            Runnable::run);

    assertThat(relative.current().keys()).hasSize(2);
  }

  @Test
  void givenKeysWereKept_whenGitLabIsDownAtTheNextStart_thenTheyAreBelieved() {
    KeyFileStore store = new KeyFileStore(directory.resolve("data"));
    keys(store).current();
    gitlab.down(true);
    clock.forward(Duration.ofDays(2));

    assertThat(ids(keys(store).current())).contains(gitlab.key().kid());
    clock.forward(Duration.ofDays(5));
    assertThat(keys(store).current().keys()).isEmpty();
  }

  @Test
  void givenKeysWereKeptJustNow_whenStartedAgain_thenNothingIsFetched() {
    KeyFileStore store = new KeyFileStore(directory);
    keys(store).current();
    keys(store).current();

    assertThat(gitlab.jwksHits()).isEqualTo(1);
  }

  @Test
  void givenStoreFails_whenUsed_thenItIsToldAndKeysAreFetched() {
    KeyStore broken =
        new KeyStore() {
          @Override
          public java.util.Optional<StoredKeys> load(String issuer) throws IOException {
            throw new IOException("unreadable");
          }

          @Override
          public void store(String issuer, StoredKeys stored) throws IOException {
            throw new IOException("unwritable");
          }
        };

    assertThat(keys(broken).current().keys()).hasSize(2);
    assertThat(log.lines()).anyMatch(line -> line.contains("unreadable"));
    assertThat(log.lines()).anyMatch(line -> line.contains("unwritable"));
  }

  @Test
  void givenKeyFile_whenWritten_thenOnlyTheOwnerMayAndNothingIsLeftBeside() throws Exception {
    KeyFileStore store = new KeyFileStore(directory);
    Instant at = Instant.parse("2026-11-23T10:00:00Z");

    store.store("https://a", new KeyStore.StoredKeys(at, JsonObject.EMPTY));
    store.store("https://b", new KeyStore.StoredKeys(at, JsonObject.EMPTY));

    assertThat(store.load("https://a")).contains(new KeyStore.StoredKeys(at, JsonObject.EMPTY));
    assertThat(store.load("https://c")).isEmpty();
    try (var files = Files.list(directory)) {
      assertThat(files)
          .hasSize(2)
          .allSatisfy(
              file ->
                  assertThat(Files.getPosixFilePermissions(file))
                      .isEqualTo(
                          java.nio.file.attribute.PosixFilePermissions.fromString("rw-------")));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"issuer\":\"https://b\",\"fetched_at\":\"2026-11-23T10:00:00Z\",\"jwks\":{}}",
        "{\"issuer\":\"https://a\",\"fetched_at\":\"today\",\"jwks\":{}}",
        "{\"issuer\":\"https://a\",\"fetched_at\":\"2026-11-23T10:00:00Z\"}"
      })
  void givenDamagedKeyFile_whenRead_thenItIsNamed(String content) throws Exception {
    KeyFileStore store = new KeyFileStore(directory);
    store.store("https://a", new KeyStore.StoredKeys(Instant.EPOCH, JsonObject.EMPTY));
    try (var files = Files.list(directory)) {
      Files.writeString(files.findFirst().orElseThrow(), content);
    }

    org.assertj.core.api.Assertions.assertThatThrownBy(() -> store.load("https://a"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining("delete it");
  }

  private static List<String> ids(KeySet set) {
    return set.keys().stream().map(key -> String.valueOf(key.keyId())).toList();
  }

  private static JsonObject object(String text) throws Exception {
    return (JsonObject) Json.read(text);
  }

  private static JsonObject with(TestKey key, String member, Object value) {
    return JsonObject.builder().putAll(key.jwk()).put(member, value).build();
  }

  @Test
  void givenAStoreThatSomebodyElseRenews_whenKeysAreOld_thenTheStoresAreTaken() throws Exception {
    Map<String, KeyStore.StoredKeys> kept = new ConcurrentHashMap<>();
    KeyStore shared =
        new KeyStore() {
          @Override
          public Optional<StoredKeys> load(String issuer) {
            return Optional.ofNullable(kept.get(issuer));
          }

          @Override
          public void store(String issuer, StoredKeys fetched) {}
        };
    JsonObject jwks = JsonObject.of(Map.of("keys", List.of(gitlab.key().jwk())));
    kept.put(gitlab.url(), new KeyStore.StoredKeys(clock.instant(), jwks));
    DiscoveredKeys stored = keys(shared);
    assertThat(stored.current().keys()).hasSize(1);

    clock.forward(Duration.ofHours(2));
    JsonObject two = JsonObject.of(Map.of("keys", List.of(gitlab.key().jwk(), SECOND.jwk())));
    kept.put(gitlab.url(), new KeyStore.StoredKeys(clock.instant(), two));

    assertThat(stored.current().keys()).hasSize(2);
    assertThat(gitlab.discoveryHits()).isZero();

    clock.forward(Duration.ofHours(2));
    assertThat(stored.current().keys()).isNotEmpty();
    assertThat(gitlab.discoveryHits()).isPositive();
  }
}
