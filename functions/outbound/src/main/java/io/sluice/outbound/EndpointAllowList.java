package io.sluice.outbound;

import io.sluice.core.model.EndpointPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Allows the endpoints that a deployment lists, and what lies below them. An entry is an origin
 * ({@code https://llm.corp.example:8443}) or an origin with a path prefix. Scheme, host, port and
 * path prefix are compared literally after a strict parse; another spelling of a listed host, such
 * as {@code localhost} for {@code 127.0.0.1}, is another host. Immutable.
 */
public final class EndpointAllowList implements EndpointPolicy {

  private final List<Endpoint> entries;
  private final String refusal;

  /**
   * A list of those entries.
   *
   * @param setting the flag or parameter that holds the list, for messages
   * @throws IllegalArgumentException if an entry is no acceptable URL; the message names the
   *     setting and the entry's place
   */
  public EndpointAllowList(String setting, List<String> entries) {
    this.entries = parse(setting, entries);
    this.refusal =
        "The endpoint is not allowed: it must be spelled exactly as, or lie below, an entry of "
            + setting
            + ".";
  }

  private static List<Endpoint> parse(String setting, List<String> urls) {
    List<Endpoint> parsed = new ArrayList<>();
    for (String url : urls) {
      try {
        parsed.add(Endpoint.parse(url));
      } catch (IllegalArgumentException e) {
        String place = setting + ", entry " + (parsed.size() + 1);
        throw new IllegalArgumentException(place + ": not an acceptable URL: " + e.getMessage(), e);
      }
    }
    return List.copyOf(parsed);
  }

  @Override
  public Optional<String> refusal(String url) {
    try {
      Endpoint endpoint = Endpoint.parse(url);
      return entries.stream().anyMatch(endpoint::within) ? Optional.empty() : Optional.of(refusal);
    } catch (IllegalArgumentException e) {
      return Optional.of(refusal);
    }
  }

  @Override
  public List<String> allowed() {
    return entries.stream().map(Endpoint::toString).toList();
  }

  /** Whether an entry is for exactly that host and port. */
  boolean names(Endpoint endpoint) {
    return entries.stream()
        .anyMatch(entry -> entry.host().equals(endpoint.host()) && entry.port() == endpoint.port());
  }
}
