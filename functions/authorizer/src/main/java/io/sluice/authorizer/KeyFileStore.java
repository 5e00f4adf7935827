package io.sluice.authorizer;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonSyntaxException;
import io.sluice.outbound.oidc.KeyDiscovery;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Keeps keys in one file an issuer, {@code gitlab-keys-HASH.json}, written beside and moved into
 * place, readable by the owner alone. Thread-safe, across processes too: the last writer wins.
 */
public final class KeyFileStore implements KeyStore {

  private static final int MAX_BYTES = 2 * KeyDiscovery.MAX_BYTES;

  private final Path directory;

  /**
   * Keeps files in that directory, which is made when a file is first written.
   *
   * @param directory only the process may write there
   */
  public KeyFileStore(Path directory) {
    this.directory = directory;
  }

  @Override
  public Optional<StoredKeys> load(String issuer) throws IOException {
    Path file = file(issuer);
    try (InputStream in = Files.newInputStream(file)) {
      if (Json.read(in.readNBytes(MAX_BYTES)) instanceof JsonObject kept
          && issuer.equals(kept.text("issuer"))
          && kept.get("jwks") instanceof JsonObject jwks) {
        return Optional.of(new StoredKeys(Instant.parse(kept.text("fetched_at", "")), jwks));
      }
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JsonSyntaxException | DateTimeParseException e) {
      throw new IOException(file + " is damaged; delete it", e);
    }
    throw new IOException(file + " is damaged; delete it");
  }

  @Override
  public void store(String issuer, StoredKeys keys) throws IOException {
    Files.createDirectories(directory);
    byte[] document =
        Json.write(
            JsonObject.builder()
                .put("issuer", issuer)
                .put("fetched_at", keys.fetchedAt().toString())
                .put("jwks", keys.jwks())
                .build());
    Path fresh = Files.createTempFile(directory, "gitlab-keys-", ".tmp"); // mode 600 on POSIX
    try {
      Files.write(fresh, document);
      Files.move(
          fresh, file(issuer), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private Path file(String issuer) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(issuer.getBytes(StandardCharsets.UTF_8));
      String name = HexFormat.of().formatHex(hash, 0, 8);
      return directory.resolve("gitlab-keys-" + name + ".json");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
