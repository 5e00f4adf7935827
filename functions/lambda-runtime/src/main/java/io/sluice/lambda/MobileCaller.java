package io.sluice.lambda;

import com.amazonaws.services.lambda.runtime.Client;
import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What AWS's mobile SDKs, or any caller by a {@code ClientContext}, tell a function beside the
 * event: two headers of JSON, read only when a handler asks. Malformed ones count as absent.
 */
final class MobileCaller {

  private MobileCaller() {}

  /** An identity of Amazon Cognito. */
  private record Identity(String identityId, String identityPoolId) implements CognitoIdentity {
    @Override
    public String getIdentityId() {
      return identityId;
    }

    @Override
    public String getIdentityPoolId() {
      return identityPoolId;
    }
  }

  /** The app that calls. */
  private record App(Map<String, String> members) implements Client {
    @Override
    public @Nullable String getInstallationId() {
      return members.get("installation_id");
    }

    @Override
    public @Nullable String getAppTitle() {
      return members.get("app_title");
    }

    @Override
    public @Nullable String getAppVersionName() {
      return members.get("app_version_name");
    }

    @Override
    public @Nullable String getAppVersionCode() {
      return members.get("app_version_code");
    }

    @Override
    public @Nullable String getAppPackageName() {
      return members.get("app_package_name");
    }
  }

  /** App, its own values, and where it runs. */
  private record AppContext(Client client, Map<String, String> custom, Map<String, String> env)
      implements ClientContext {
    @Override
    public Client getClient() {
      return client;
    }

    @Override
    public Map<String, String> getCustom() {
      return custom;
    }

    @Override
    public Map<String, String> getEnvironment() {
      return env;
    }
  }

  static @Nullable CognitoIdentity identity(@Nullable String json) {
    Map<?, ?> members = object(json);
    return members != null
            && members.get("cognitoIdentityId") instanceof String id
            && members.get("cognitoIdentityPoolId") instanceof String pool
        ? new Identity(id, pool)
        : null;
  }

  static @Nullable ClientContext context(@Nullable String json) {
    Map<?, ?> members = object(json);
    return members == null
        ? null
        : new AppContext(
            new App(texts(members.get("client"))),
            texts(members.get("custom")),
            texts(members.get("env")));
  }

  /**
   * @param header JSON in UTF-8, whose bytes were read as characters
   */
  private static @Nullable Map<?, ?> object(@Nullable String header) {
    if (header == null) {
      return null;
    }
    String json = new String(header.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    try {
      return new JsonReader(json).read() instanceof Map<?, ?> members ? members : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static Map<String, String> texts(@Nullable Object object) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (object instanceof Map<?, ?> members) {
      members.forEach(
          (name, value) -> {
            if (value != null) {
              texts.put(String.valueOf(name), String.valueOf(value));
            }
          });
    }
    return texts;
  }
}
