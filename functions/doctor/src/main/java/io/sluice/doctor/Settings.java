package io.sluice.doctor;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to check. Immutable; {@link #toString} does not show the token.
 *
 * @param url the gateway; {@code null} for the stack's
 * @param stack the stack's name; {@code null} for a gateway alone
 * @param region the stack's Region; {@code null} for the AWS client's default
 * @param gitLabUrls the GitLabs, as they are configured
 * @param token one of GitLab's; {@code null} where none was given
 * @param models names of model rows; empty for all that are known
 * @param rows the gateway's rows as YAML; {@code null} where it has no such file
 * @param caBundle further certificate authorities
 * @param json whether a machine reads the report
 */
record Settings(
    @Nullable String url,
    @Nullable String stack,
    @Nullable String region,
    List<String> gitLabUrls,
    @Nullable String token,
    List<String> models,
    @Nullable String rows,
    @Nullable Path caBundle,
    boolean json) {

  Settings {
    gitLabUrls = List.copyOf(gitLabUrls);
    models = List.copyOf(models);
  }

  @Override
  public String toString() {
    return "Settings of " + (url == null ? stack : url);
  }
}
