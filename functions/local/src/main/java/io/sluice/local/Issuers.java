package io.sluice.local;

import io.sluice.authorizer.Issuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whose tokens are believed, as the flags say. */
final class Issuers {

  private Issuers() {}

  /**
   * The issuers.
   *
   * @param demo the demo's own GitLab, if there is one
   * @param userTokens the key of our own user tokens
   * @throws StartupException naming the flag to change
   */
  static List<Issuer> of(Settings settings, @Nullable Issuer demo, RSAPublicKey userTokens)
      throws StartupException {
    List<Issuer> issuers = new ArrayList<>();
    for (Map.Entry<String, Path> pinned : settings.pinnedKeys().entrySet()) {
      issuers.add(pinned(pinned.getKey(), pinned.getValue()));
    }
    for (String url : settings.gitLabUrls()) {
      if (!settings.pinnedKeys().containsKey(url)) {
        issuers.add(discovered(url));
      }
    }
    if (settings.customersPortal()) {
      issuers.add(Issuer.customersPortal());
    }
    if (demo != null) {
      issuers.add(demo);
    }
    issuers.add(Issuer.userTokens(userTokens));
    return List.copyOf(issuers);
  }

  private static Issuer discovered(String url) throws StartupException {
    try {
      return Issuer.discovered(url);
    } catch (IllegalArgumentException e) {
      throw new StartupException("--gitlab-url", String.valueOf(e.getMessage()));
    }
  }

  private static Issuer pinned(String url, Path file) throws StartupException {
    try {
      return Issuer.pinned(url, Files.readString(file));
    } catch (IllegalArgumentException | IOException e) {
      throw new StartupException("--pinned-keys", String.valueOf(e.getMessage()));
    }
  }
}
