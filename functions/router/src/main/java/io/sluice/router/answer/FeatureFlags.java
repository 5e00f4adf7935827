package io.sluice.router.answer;

import io.sluice.core.http.Headers;
import java.util.Arrays;
import java.util.List;

/** The flags of the request's header, which code answers echo (contract 3.5). */
public final class FeatureFlags {

  private FeatureFlags() {}

  /** Each flag once; an empty header is one empty flag, no header none. */
  public static List<String> of(Headers headers) {
    String flags = headers.first("x-gitlab-enabled-feature-flags");
    return flags == null
        ? List.of()
        : Arrays.stream(flags.split(",", -1)).map(String::strip).distinct().toList();
  }
}
