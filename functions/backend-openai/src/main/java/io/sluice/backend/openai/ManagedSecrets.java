package io.sluice.backend.openai;

import io.sluice.aws.AwsSecrets;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.json.JsonValue;
import io.sluice.core.model.Secret;
import io.sluice.core.model.SecretStore;
import io.sluice.core.time.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Secrets of AWS Secrets Manager, each named by the deployment's prefix and the row's name. A
 * secret's text is the key itself, or {@code {"key": "...", "hosts": ["llm.corp.example"]}}: then
 * it is sent to those hosts only. Keeps no secret. Thread-safe.
 */
public final class ManagedSecrets implements SecretStore {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Set<String> MEMBERS = Set.of("key", "hosts");

  private final AwsSecrets manager;
  private final String prefix;

  /**
   * Reads nothing yet.
   *
   * @param prefix what stands before a row's name, such as {@code sluice/}
   */
  public ManagedSecrets(AwsSecrets manager, String prefix) {
    this.manager = manager;
    this.prefix = prefix;
  }

  @Override
  public Optional<StoredSecret> read(String name) throws IOException {
    Optional<Secret> found = manager.read(prefix + name, Deadline.after(PATIENCE));
    return found.isEmpty() ? Optional.empty() : Optional.of(parse(found.get().reveal().strip()));
  }

  private StoredSecret parse(String text) throws IOException {
    if (!text.startsWith("{")) {
      return stored(text, List.of());
    }
    try {
      if (Json.read(text) instanceof JsonObject members
          && MEMBERS.containsAll(members.members().keySet())) {
        return stored(members.text("key", ""), hosts(members.get("hosts")));
      }
    } catch (JsonSyntaxException e) {
      throw malformed(); // the cause may quote the secret
    }
    throw malformed();
  }

  private static List<String> hosts(@Nullable JsonValue value) throws IOException {
    List<String> hosts = new ArrayList<>();
    if (value == null) {
      return hosts;
    }
    if (!(value instanceof JsonArray entries)) {
      throw malformed();
    }
    for (JsonValue entry : entries) {
      if (!(entry instanceof JsonString host)) {
        throw malformed();
      }
      hosts.add(host.value().toLowerCase(Locale.ROOT));
    }
    if (hosts.isEmpty()) {
      throw malformed(); // an empty fence would be read as none
    }
    return hosts;
  }

  private static StoredSecret stored(String key, List<String> hosts) throws IOException {
    if (key.isBlank()) {
      throw malformed();
    }
    return new StoredSecret(new Secret(key), hosts);
  }

  private static IOException malformed() {
    return new IOException(
        "its text must be the key itself, or JSON with the members \"key\" and, if it is to be sent"
            + " to some hosts only, \"hosts\", a list of at least one");
  }
}
