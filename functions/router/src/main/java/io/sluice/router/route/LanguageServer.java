package io.sluice.router.route;

import io.sluice.core.http.Headers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the version of GitLab's language server tells (contract 3.6). */
final class LanguageServer {

  private static final Pattern VERSION =
      Pattern.compile(
          "v?(\\d{1,6})(?:\\.(\\d{1,6}))?(?:\\.(\\d{1,6}))?(?:\\.\\d+)*"
              + "([-_.]?(?:alpha|beta|a|b|c|rc|pre|preview|dev)(?:[-_.]?\\d+)?)?(?:\\+.*)?");
  private static final long SINCE = ordinal(7, 17, 1);

  private LanguageServer() {}

  /** Whether context components count: since 7.17.1; without a valid version they do not. */
  static boolean sendsContext(Headers headers) {
    Matcher matcher =
        VERSION.matcher(headers.first("X-Gitlab-Language-Server-Version", "").strip());
    if (!matcher.matches()) {
      return false;
    }
    long version = ordinal(number(matcher, 1), number(matcher, 2), number(matcher, 3));
    boolean released = matcher.group(4) == null;
    return released ? version >= SINCE : version > SINCE;
  }

  private static long number(Matcher matcher, int group) {
    return matcher.group(group) == null ? 0 : Long.parseLong(matcher.group(group));
  }

  private static long ordinal(long major, long minor, long patch) {
    return (major * 1_000_000 + minor) * 1_000_000 + patch;
  }
}
