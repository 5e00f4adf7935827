package io.sluice.config.judge;

import io.sluice.config.Deployment;
import io.sluice.config.ModelRow;
import io.sluice.config.RoutePolicy;
import io.sluice.config.Row;
import io.sluice.config.row.Problem;
import io.sluice.config.row.RowBatch;
import io.sluice.config.row.RowDocument;
import io.sluice.config.row.RowKey;
import io.sluice.config.snapshot.LiveRows;
import io.sluice.config.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides which rows go live (design, "Publishing"): a pure function of the previous snapshot and
 * all rows. A row that is invalid, or whose deletion would break another, stays live in its last
 * published form; every other edit goes live, and disabling always does. Thread-safe.
 */
public final class Judge {

  /** Each kind refers only to kinds before it, so one pass decides. */
  private static final List<String> ORDER =
      List.of(RowKey.MODEL, RowKey.SETTINGS, RowKey.FEATURE, RowKey.SCOPE, RowKey.PROMPT);

  private final RowSchemas schemas;
  private final RowRules rules;
  private final Deployment deployment;

  /** A judge for the local host. */
  public Judge(RowSchemas schemas, Deployment deployment, PromptCheck prompts) {
    this(schemas, deployment, prompts, Remedies.LOCAL);
  }

  /**
   * A judge.
   *
   * @param schemas the rows' schemas
   * @param deployment what rows may only narrow
   * @param prompts the checker of prompt templates
   * @param remedies what to change where a row is outside of what the deployment allows
   */
  public Judge(RowSchemas schemas, Deployment deployment, PromptCheck prompts, Remedies remedies) {
    this.schemas = schemas;
    this.rules = new RowRules(deployment, prompts, remedies);
    this.deployment = deployment;
  }

  /** Judges all rows of a store against what is live. */
  public Judgement judge(Snapshot previous, RowBatch batch) {
    Map<RowKey, List<RowDocument>> proposed = new TreeMap<>();
    for (RowDocument document : batch.rows()) {
      proposed.computeIfAbsent(document.key(), key -> new ArrayList<>()).add(document);
    }
    Map<RowKey, Draft> drafts = new TreeMap<>();
    previous.documents().forEach((key, form) -> drafts.put(key, draft(key, form, proposed)));
    proposed
        .keySet()
        .forEach(key -> drafts.computeIfAbsent(key, fresh -> draft(fresh, null, proposed)));
    for (String kind : ORDER) {
      judge(kind, drafts, proposed);
    }
    drafts.values().stream()
        .filter(draft -> !ORDER.contains(draft.key().kind()))
        .forEach(draft -> draft.reject(RowCheck.of(schemas, first(draft, proposed)).problems()));
    if (batch.complete()) {
      delete(drafts.values());
    }
    return new Judgement(snapshot(previous, drafts.values()), statuses(drafts.values()));
  }

  private static Draft draft(
      RowKey key, @Nullable RowDocument published, Map<RowKey, List<RowDocument>> proposed) {
    List<RowDocument> forms = proposed.get(key);
    return new Draft(key, published, forms == null ? null : forms.getLast());
  }

  private static RowDocument first(Draft draft, Map<RowKey, List<RowDocument>> proposed) {
    return Objects.requireNonNull(proposed.get(draft.key())).getFirst();
  }

  private void judge(
      String kind, Map<RowKey, Draft> drafts, Map<RowKey, List<RowDocument>> proposed) {
    List<Draft> accepted = new ArrayList<>();
    for (Draft draft : drafts.values()) {
      List<RowDocument> forms = proposed.get(draft.key());
      if (!draft.key().kind().equals(kind) || forms == null) {
        continue;
      }
      if (forms.size() > 1) {
        draft.reject(List.of(new Problem("name", "occurs twice: keep one of the rows")));
        continue;
      }
      RowCheck check = RowCheck.of(schemas, forms.getFirst());
      Row row = check.row();
      if (row == null) {
        draft.reject(check.problems());
      } else {
        draft.accept(forms.getFirst(), row);
        accepted.add(draft);
      }
    }
    LiveRows rows = live(drafts.values());
    for (Draft draft : accepted) {
      List<Problem> problems = rules.problems(Objects.requireNonNull(draft.row()), rows);
      if (!problems.isEmpty()) {
        draft.reject(problems);
      }
    }
  }

  /** Takes deleted rows out of the live ones, but for models that a live row still names. */
  private void delete(Collection<Draft> drafts) {
    drafts.stream()
        .filter(draft -> draft.deleted() && !draft.key().kind().equals(RowKey.MODEL))
        .forEach(Draft::drop);
    Map<String, Set<String>> users = users(live(drafts));
    ModelRow fallback = deployment.defaultModel();
    for (Draft draft : drafts) {
      String name = draft.key().name();
      if (!draft.deleted() || !draft.key().kind().equals(RowKey.MODEL)) {
        continue;
      }
      Set<String> stillUsing = users.getOrDefault(name, Set.of());
      if (stillUsing.isEmpty() || (fallback != null && fallback.name().equals(name))) {
        draft.drop();
      } else {
        draft.reject(
            List.of(
                new Problem(
                    "",
                    "was deleted, but is still named by "
                        + String.join(", ", stillUsing)
                        + ": change these rows first")));
      }
    }
  }

  private static Map<String, Set<String>> users(LiveRows rows) {
    Map<String, Set<String>> users = new TreeMap<>();
    rows.features().forEach((name, row) -> uses(users, "feature/" + name, row.policy()));
    rows.scopes().forEach(row -> uses(users, "scope/" + row.name(), row.policy()));
    String name = rows.settings().defaultModel();
    if (name != null) {
      users.computeIfAbsent(name, model -> new TreeSet<>()).add("settings/global");
    }
    return users;
  }

  private static void uses(Map<String, Set<String>> users, String row, RoutePolicy policy) {
    List<String> models = new ArrayList<>();
    if (policy.targets() != null) {
      policy.targets().forEach(target -> models.add(target.model()));
    }
    if (policy.fallbacks() != null) {
      models.addAll(policy.fallbacks());
    }
    models.forEach(model -> users.computeIfAbsent(model, key -> new TreeSet<>()).add(row));
  }

  private static LiveRows live(Collection<Draft> drafts) {
    return LiveRows.ofRows(drafts.stream().map(Draft::row).filter(Objects::nonNull).toList());
  }

  private static Snapshot snapshot(Snapshot previous, Collection<Draft> drafts) {
    List<RowDocument> documents =
        drafts.stream().map(Draft::live).filter(Objects::nonNull).toList();
    Snapshot next = Snapshot.of(previous.number() + 1, documents);
    return next.sha256().equals(previous.sha256()) ? previous : next;
  }

  private static List<RowStatus> statuses(Collection<Draft> drafts) {
    return drafts.stream()
        .filter(draft -> draft.live() != null || draft.rejected())
        .map(Draft::status)
        .toList();
  }
}
