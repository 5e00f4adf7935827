package io.sluice.config.row;

import io.sluice.config.Ability;
import io.sluice.config.CompletionMode;
import io.sluice.config.FeatureRow;
import io.sluice.config.MetadataPolicy;
import io.sluice.config.ModelFamily;
import io.sluice.config.ModelRow;
import io.sluice.config.PromptRow;
import io.sluice.config.Provider;
import io.sluice.config.Row;
import io.sluice.config.ScopeMatch;
import io.sluice.config.ScopeRow;
import io.sluice.config.SettingsRow;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The typed form of row documents. Thread-safe; uses no reflection. */
public final class RowMapping {

  private RowMapping() {}

  /**
   * The row of that document.
   *
   * @throws MalformedRowException if it has no typed form; never for a document that its schema
   *     accepts, but for dates that no calendar has
   */
  public static Row row(RowDocument document) throws MalformedRowException {
    Fields fields = new Fields(document.fields());
    String name = document.key().name();
    return switch (document.key().kind()) {
      case RowKey.MODEL -> model(name, fields);
      case RowKey.FEATURE ->
          new FeatureRow(name, fields.flag("enabled", true), PolicyMapping.policy(fields));
      case RowKey.SCOPE -> scope(name, fields);
      case RowKey.PROMPT ->
          new PromptRow(name, fields.required("version"), fields.required("template"));
      case RowKey.SETTINGS -> settings(fields);
      default -> throw new MalformedRowException("kind", "is unknown");
    };
  }

  private static ModelRow model(String name, Fields fields) throws MalformedRowException {
    ModelFamily family =
        ModelFamily.named(fields.required("family"))
            .orElseThrow(() -> fields.malformed("family", "is unknown"));
    int context =
        Objects.requireNonNullElse(fields.number("context_tokens"), family.contextTokens());
    int output = Objects.requireNonNullElse(fields.number("max_output_tokens"), context);
    List<String> supports = fields.texts("supports");
    return new ModelRow(
        name,
        provider(fields, "provider", fields.required("provider")),
        family,
        fields.required("model"),
        fields.text("endpoint"),
        fields.text("region"),
        "fim".equals(fields.text("completion")) ? CompletionMode.FIM : CompletionMode.CHAT,
        fields.text("secret"),
        context,
        output,
        supports == null ? usualAbilities(family) : abilities(fields, supports),
        setOf(fields.texts("omit")));
  }

  /** What a model of that family can do where nobody says otherwise. */
  public static Set<Ability> usualAbilities(ModelFamily family) {
    return family == ModelFamily.EMBEDDING
        ? Set.of(Ability.EMBEDDINGS)
        : Set.of(Ability.STREAM, Ability.SYSTEM, Ability.STOP, Ability.PREFILL);
  }

  private static Set<Ability> abilities(Fields fields, List<String> names)
      throws MalformedRowException {
    Set<Ability> abilities = EnumSet.noneOf(Ability.class);
    for (String name : names) {
      abilities.add(
          Arrays.stream(Ability.values())
              .filter(ability -> ability.name().toLowerCase(Locale.ROOT).equals(name))
              .findFirst()
              .orElseThrow(() -> fields.malformed("supports", "has an unknown ability")));
    }
    return abilities;
  }

  private static ScopeRow scope(String name, Fields fields) throws MalformedRowException {
    Fields match = fields.object("match");
    Fields set = fields.object("set");
    return new ScopeRow(
        name,
        new ScopeMatch(
            match.text("instance"),
            match.text("root_namespace"),
            match.text("namespace"),
            match.text("user")),
        setOf(fields.texts("features")),
        set.flag("enabled", true),
        PolicyMapping.policy(set));
  }

  private static SettingsRow settings(Fields fields) throws MalformedRowException {
    Fields metadata = fields.object("metadata");
    String onFailure = fields.object("audit").text("on_failure");
    return new SettingsRow(
        fields.flag("enabled", true),
        new MetadataPolicy(
            metadata.flag("allow", true),
            providers(metadata, "providers", metadata.texts("providers")),
            listOf(metadata.texts("endpoints")),
            listOf(metadata.texts("identifiers"))),
        fields.text("default_model"),
        setOf(fields.texts("regions")),
        fields.flag("content_log", false),
        !"log".equals(onFailure));
  }

  static Set<Provider> providers(Fields fields, String field, @Nullable List<String> names)
      throws MalformedRowException {
    Set<Provider> providers = EnumSet.noneOf(Provider.class);
    for (String name : listOf(names)) {
      providers.add(provider(fields, field, name));
    }
    return providers;
  }

  private static Provider provider(Fields fields, String field, String name)
      throws MalformedRowException {
    return Provider.named(name).orElseThrow(() -> fields.malformed(field, "is unknown"));
  }

  static Set<String> setOf(@Nullable List<String> items) {
    return items == null ? Set.of() : Set.copyOf(new HashSet<>(items));
  }

  private static List<String> listOf(@Nullable List<String> items) {
    return items == null ? List.of() : items;
  }
}
