package io.sluice.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallerTest {

  private static final Caller CALLER =
      new Caller(
          "https://gitlab.example.com",
          true,
          Identity.attested("inst-1"),
          Identity.attested("self-managed"),
          Identity.asserted("u/1=="),
          Identity.asserted("7"),
          null,
          null,
          Set.of("complete_code", "generate_code"),
          "uid-1");

  @Test
  void givenACaller_whenHandedOnAsContext_thenItIsTheSame() {
    assertThat(Caller.fromContext(CALLER.toContext())).isEqualTo(CALLER);
  }

  @Test
  void givenACallerWithoutScopes_whenHandedOn_thenItStillHasNone() {
    Caller none = new Caller("i", false, null, null, null, null, null, null, Set.of(), null);
    assertThat(Caller.fromContext(none.toContext())).isEqualTo(none);
  }

  @Test
  void givenAScope_whenAsked_thenOnlyHeldOnesAreGranted() {
    assertThat(CALLER.can("complete_code")).isTrue();
    assertThat(CALLER.can("duo_chat")).isFalse();
  }

  @Test
  void givenAMalformedContext_whenRead_thenItIsRefused() {
    assertThatThrownBy(() -> Caller.fromContext(Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Caller.fromContext(Map.of("identities", "{}")))
        .hasMessageContaining("issuer");
    assertThatThrownBy(() -> Caller.fromContext(Map.of("identities", "{", "issuer", "i")))
        .hasMessageContaining("malformed");
  }
}
