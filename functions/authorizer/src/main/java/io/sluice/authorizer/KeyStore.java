package io.sluice.authorizer;

import io.sluice.core.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps the last good keys of issuers beyond the life of a process, so that a GitLab that is down
 * stops nobody. Thread-safe. What is kept is a trust root: implementations let nobody else write.
 */
public interface KeyStore {

  /**
   * Keys as they were fetched.
   *
   * @param fetchedAt when
   * @param jwks the document
   */
  record StoredKeys(Instant fetchedAt, JsonObject jwks) {}

  /** A store that keeps nothing. */
  KeyStore NONE =
      new KeyStore() {
        @Override
        public Optional<StoredKeys> load(String issuer) {
          return Optional.empty();
        }

        @Override
        public void store(String issuer, StoredKeys keys) {}
      };

  /**
   * The last good keys of that issuer; empty where none are kept.
   *
   * @throws IOException if what is kept can't be read
   */
  Optional<StoredKeys> load(String issuer) throws IOException;

  /**
   * Keeps the keys instead of those kept so far.
   *
   * @throws IOException if they can't be written
   */
  void store(String issuer, StoredKeys keys) throws IOException;
}
