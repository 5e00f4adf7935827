package io.sluice.doctor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the gateway before it is checked. Immutable.
 *
 * @param url the gateway; {@code null} where nothing says it
 * @param gitLabUrls the GitLabs that it believes
 * @param models the names of its model rows
 */
public record Subject(@Nullable String url, List<String> gitLabUrls, List<String> models) {

  public Subject {
    gitLabUrls = List.copyOf(gitLabUrls);
    models = List.copyOf(models);
  }

  /** This, and where it says nothing, the other. */
  public Subject or(Subject other) {
    return new Subject(
        url == null ? other.url : url,
        gitLabUrls.isEmpty() ? other.gitLabUrls : gitLabUrls,
        models.isEmpty() ? other.models : models);
  }
}
