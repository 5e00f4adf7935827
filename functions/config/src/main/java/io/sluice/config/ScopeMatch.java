package io.sluice.config;

import io.sluice.core.identity.Caller;
import io.sluice.core.identity.Identity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom a scope is for: every member that is set must equal the caller's; at least one is set.
 *
 * @param instance the GitLab instance's id
 * @param rootNamespace the root namespace's id
 * @param namespace the namespace's id
 * @param user the pseudonymous user id
 */
public record ScopeMatch(
    @Nullable String instance,
    @Nullable String rootNamespace,
    @Nullable String namespace,
    @Nullable String user) {

  /** How far a match may be believed. */
  public enum Outcome {
    /** The scope is for other callers. */
    NO,
    /** At least one of the matching values is only asserted by a header. */
    ASSERTED,
    /** Verified claims say so. */
    ATTESTED
  }

  /** Whether the scope is for this caller. */
  public Outcome of(Caller caller) {
    List<Outcome> members = new ArrayList<>(4);
    compare(members, instance, caller.instance());
    compare(members, rootNamespace, caller.rootNamespace());
    compare(members, namespace, caller.namespace());
    compare(members, user, caller.user());
    if (members.isEmpty() || members.contains(Outcome.NO)) {
      return Outcome.NO;
    }
    return members.contains(Outcome.ASSERTED) ? Outcome.ASSERTED : Outcome.ATTESTED;
  }

  /** The more specific, the larger: user, then namespace, root namespace, instance. */
  public int specificity() {
    return (user != null ? 8 : 0)
        + (namespace != null ? 4 : 0)
        + (rootNamespace != null ? 2 : 0)
        + (instance != null ? 1 : 0);
  }

  private static void compare(
      List<Outcome> members, @Nullable String wanted, @Nullable Identity actual) {
    if (wanted == null) {
      return;
    }
    if (actual == null || !actual.value().equals(wanted)) {
      members.add(Outcome.NO);
    } else {
      members.add(actual.attested() ? Outcome.ATTESTED : Outcome.ASSERTED);
    }
  }
}
