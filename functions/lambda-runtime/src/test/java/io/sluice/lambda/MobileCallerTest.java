package io.sluice.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MobileCallerTest {

  @Test
  void givenAClientContext_whenAskedFor_thenItIsWhatTheHeaderSays() {
    String header =
        """
        {"client":{"installation_id":"i","app_title":"Caf\u00e9","app_version_name":"v",
         "app_version_code":"7","app_package_name":"p"},
         "custom":{"a":1.5,"b":null,"c":true},"env":{"locale":"de\\u005fDE"},"services":[]}\
        """;
    ClientContext context = MobileCaller.context(asHeader(header));

    assertThat(context).isNotNull();
    assertThat(Objects.requireNonNull(context).getClient().getInstallationId()).isEqualTo("i");
    assertThat(context.getClient().getAppTitle()).isEqualTo("Caf\u00e9");
    assertThat(context.getClient().getAppVersionName()).isEqualTo("v");
    assertThat(context.getClient().getAppVersionCode()).isEqualTo("7");
    assertThat(context.getClient().getAppPackageName()).isEqualTo("p");
    assertThat(context.getCustom()).isEqualTo(Map.of("a", "1.5", "c", "true"));
    assertThat(context.getEnvironment()).isEqualTo(Map.of("locale", "de_DE"));
  }

  @Test
  void givenAnIdentity_whenAskedFor_thenItIsWhatTheHeaderSays() {
    CognitoIdentity identity =
        MobileCaller.identity("{\"cognitoIdentityId\":\"a\",\"cognitoIdentityPoolId\":\"b\"}");

    assertThat(Objects.requireNonNull(identity).getIdentityId()).isEqualTo("a");
    assertThat(identity.getIdentityPoolId()).isEqualTo("b");
  }

  @Test
  void givenMalformedHeaders_whenAskedFor_thenThereIsNone() {
    for (String odd :
        List.of("", "{", "[]", "null", "{\"a\"}", "{} x", "{\"a\":\"\\x\"}", "\"\\u1")) {
      assertThat(MobileCaller.context(odd)).isNull();
      assertThat(MobileCaller.identity(odd)).isNull();
    }
    assertThat(MobileCaller.identity("{\"cognitoIdentityId\":\"a\"}")).isNull();
    assertThat(MobileCaller.identity(null)).isNull();
    assertThat(Objects.requireNonNull(MobileCaller.context("{}")).getCustom()).isEmpty();
  }

  @Test
  void givenJson_whenRead_thenEveryKindOfValueIsKnown() {
    assertThat(
            new JsonReader(" [ 1 , -2.5e3, \"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\", [], {} ,false ] ")
                .read())
        .isEqualTo(Arrays.asList("1", "-2.5e3", "\"\\/\b\f\n\r\tA", List.of(), Map.of(), false));
    for (String odd : List.of("[1,]", "[", "{\"a\":}", "tru", "1 2", "[".repeat(40))) {
      assertThatThrownBy(() -> new JsonReader(odd).read())
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** The runtime reads headers byte by byte. */
  private static String asHeader(String json) {
    return new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
