package io.sluice.authorizer;

import io.sluice.aws.DynamoDbItem;
import io.sluice.aws.DynamoDbTable;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.core.time.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * The keys that the publisher keeps in the table {@code state}: items {@code keys/ISSUER} with
 * {@code issuer}, {@code fetched_at} and {@code jwks}. Only the publisher may write them: what the
 * authorizer fetches itself, it keeps for its own process. Thread-safe.
 *
 * @param table the table {@code state}
 */
record StateKeyStore(DynamoDbTable table) implements KeyStore {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  @Override
  public Optional<StoredKeys> load(String issuer) throws IOException {
    String id = "keys/" + issuer;
    Optional<DynamoDbItem> item = table.item(id, Deadline.after(PATIENCE));
    if (item.isEmpty()) {
      return Optional.empty();
    }
    String jwks = item.get().text("jwks");
    String fetchedAt = item.get().text("fetched_at");
    try {
      if (jwks != null
          && fetchedAt != null
          && issuer.equals(item.get().text("issuer"))
          && Json.read(jwks) instanceof JsonObject keys) {
        return Optional.of(new StoredKeys(Instant.parse(fetchedAt), keys));
      }
    } catch (JsonSyntaxException | DateTimeParseException e) {
      throw new IOException(damaged(id), e);
    }
    throw new IOException(damaged(id));
  }

  /** Keeps nothing. */
  @Override
  public void store(String issuer, StoredKeys keys) {}

  private String damaged(String id) {
    return "item %s of table %s is damaged; the publisher writes it anew"
        .formatted(id, table.name());
  }
}
