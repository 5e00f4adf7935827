package io.sluice.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.testing.GitLabStub;
import io.sluice.testing.TestKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What is remembered of verified tokens, and how long. */
final class TokenVerifierTest {

  private static final GitLabStub GITLAB = GitLabStub.start();

  private final MovableClock clock = new MovableClock();
  private final KeySet published =
      new KeySet(List.of(new VerificationKey(GITLAB.key().kid(), GITLAB.key().publicKey())));
  private KeySet believed = published;
  private int lookups;

  private final KeySource source =
      new KeySource() {
        @Override
        public KeySet current() {
          lookups++;
          return believed;
        }

        @Override
        public KeySet renewed() {
          return believed;
        }
      };
  private final TokenVerifier verifier = new TokenVerifier(Map.of(GITLAB.url(), source), clock);

  @AfterAll
  static void close() {
    GITLAB.close();
  }

  @Test
  void givenVerifiedToken_whenSeenAgain_thenTheSameClaimsAreRemembered() throws Exception {
    String token = GITLAB.token().build();

    assertThat(verifier.verify(token)).isSameAs(verifier.verify(token));
  }

  @Test
  void givenVerifiedToken_whenItsKeyIsRemoved_thenRefused() throws Exception {
    String token = GITLAB.token().build();
    verifier.verify(token);
    TestKey other = TestKey.create("other");
    believed = new KeySet(List.of(new VerificationKey(other.kid(), other.publicKey())));

    assertRefused(token, "the token's kid is no key of its issuer");
    believed = KeySet.EMPTY;
    assertRefused(token, "no key of the token's issuer is known");
  }

  @Test
  void givenVerifiedToken_whenFiveMinutesPassed_thenItIsVerifiedAgain() throws Exception {
    String token = GITLAB.token().build();
    TokenClaims first = verifier.verify(token);

    clock.forward(VerificationCache.KEPT_FOR);

    assertThat(verifier.verify(token)).isEqualTo(first).isNotSameAs(first);
  }

  @Test
  void givenRefusedToken_whenSeenAgain_thenItIsRefusedAgain() {
    String token = GITLAB.token().signedBy(TestKey.create(GITLAB.key().kid())).build();

    assertRefused(token, "the token's signature is wrong");
    assertRefused(token, "the token's signature is wrong");
    assertThat(lookups).isEqualTo(2);
  }

  @Test
  void givenMoreTokensThanAreKept_whenRemembered_thenTheEldestIsForgotten() throws Exception {
    VerificationCache cache = new VerificationCache(clock);
    VerifiedToken token =
        new VerifiedToken(verifier.verify(GITLAB.token().build()), published.keys().getFirst());
    for (int i = 0; i <= VerificationCache.MAX_ENTRIES; i++) {
      cache.remember(VerificationCache.digest("token " + i), token);
    }

    assertThat(cache.size()).isEqualTo(VerificationCache.MAX_ENTRIES);
    assertThat(cache.find(VerificationCache.digest("token 0"))).isNull();
    assertThat(cache.find(VerificationCache.digest("token 1"))).isSameAs(token);
  }

  @Test
  void givenPrefetch_whenCalled_thenKeysAreLookedUpWithoutARequest() {
    java.util.concurrent.CountDownLatch asked = new java.util.concurrent.CountDownLatch(1);
    KeySource waiting =
        new KeySource() {
          @Override
          public KeySet current() {
            asked.countDown();
            return KeySet.EMPTY;
          }

          @Override
          public KeySet renewed() {
            return KeySet.EMPTY;
          }
        };

    new TokenVerifier(Map.of("a", waiting), clock).prefetch();

    assertThat(asked).satisfies(latch -> latch.await());
  }

  private void assertRefused(String token, String reason) {
    assertThatThrownBy(() -> verifier.verify(token))
        .isInstanceOf(TokenRefusedException.class)
        .hasMessage(reason);
  }
}
