package io.sluice.core.model;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where the keys of model servers are kept. Thread-safe; may block. */
@FunctionalInterface
public interface SecretStore {

  /**
   * Reads a secret.
   *
   * @param name as a model row names it
   * @throws IOException if the store can't be read; the message names the secret, never its value
   */
  Optional<StoredSecret> read(String name) throws IOException;

  /**
   * A secret and where it may go.
   *
   * @param value the key
   * @param hosts the only hosts that it may be sent to, in lower case; empty for any host that the
   *     endpoint policy allows
   */
  record StoredSecret(Secret value, List<String> hosts) {
    public StoredSecret {
      hosts = List.copyOf(hosts);
    }
  }
}
