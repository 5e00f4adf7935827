package io.sluice.config.snapshot;

import io.sluice.config.FeatureRow;
import io.sluice.config.ModelRow;
import io.sluice.config.PromptRow;
import io.sluice.config.Row;
import io.sluice.config.ScopeRow;
import io.sluice.config.SettingsRow;
import io.sluice.config.row.MalformedRowException;
import io.sluice.config.row.RowDocument;
import io.sluice.config.row.RowMapping;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a snapshot, typed. Immutable.
 *
 * @param models by name
 * @param features by name
 * @param scopes the most specific first
 * @param prompts by name
 * @param settings the settings row, or {@link SettingsRow#DEFAULT}
 */
public record LiveRows(
    Map<String, ModelRow> models,
    Map<String, FeatureRow> features,
    List<ScopeRow> scopes,
    Map<String, PromptRow> prompts,
    SettingsRow settings) {

  // Written out, since an AOT cache can't hold the lambdas of Comparator's own methods.
  private static final Comparator<ScopeRow> MOST_SPECIFIC_FIRST =
      (a, b) -> {
        int order = Integer.compare(b.match().specificity(), a.match().specificity());
        return order != 0 ? order : a.name().compareTo(b.name());
      };

  public LiveRows {
    models = Map.copyOf(models);
    features = Map.copyOf(features);
    scopes = List.copyOf(scopes);
    prompts = Map.copyOf(prompts);
  }

  static LiveRows of(Collection<RowDocument> documents) {
    List<Row> rows = new ArrayList<>(documents.size());
    for (RowDocument document : documents) {
      try {
        rows.add(RowMapping.row(document));
      } catch (MalformedRowException e) {
        throw new IllegalArgumentException(document.key() + ": " + e.problem(), e);
      }
    }
    return ofRows(rows);
  }

  /** These rows by kind. */
  public static LiveRows ofRows(Collection<Row> rows) {
    Map<String, ModelRow> models = new HashMap<>();
    Map<String, FeatureRow> features = new HashMap<>();
    List<ScopeRow> scopes = new ArrayList<>();
    Map<String, PromptRow> prompts = new HashMap<>();
    SettingsRow settings = SettingsRow.DEFAULT;
    for (Row row : rows) {
      switch (row) {
        case ModelRow model -> models.put(model.name(), model);
        case FeatureRow feature -> features.put(feature.name(), feature);
        case ScopeRow scope -> scopes.add(scope);
        case PromptRow prompt -> prompts.put(prompt.name(), prompt);
        case SettingsRow global -> settings = global;
      }
    }
    scopes.sort(MOST_SPECIFIC_FIRST);
    return new LiveRows(models, features, scopes, prompts, settings);
  }
}
