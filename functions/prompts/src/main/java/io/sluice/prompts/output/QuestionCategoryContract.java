package io.sluice.prompts.output;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** What a chat question is about, in words of {@link QuestionCatalogue}, as bare JSON. */
final class QuestionCategoryContract implements OutputContract {

  private static final String CATEGORY = "category";
  private static final String DETAILED = "detailed_category";
  private static final String LABELS = "labels";
  private static final String LANGUAGE = "language";
  private static final int MEMBERS = 4;
  private static final String UNKNOWN_LANGUAGE = "und";

  private static final JsonObject SCHEMA =
      JsonSchema.object(
          JsonObject.builder()
              .put(CATEGORY, JsonSchema.oneOf(QuestionCatalogue.categories()))
              .put(DETAILED, JsonSchema.oneOf(QuestionCatalogue.detailed()))
              .put(LABELS, JsonSchema.array(JsonSchema.oneOf(QuestionCatalogue.LABELS)))
              .put(LANGUAGE, JsonSchema.string())
              .build());

  @Override
  public Verdict judge(String answer, JsonObject inputs) {
    JsonInText found = JsonInText.first(answer, '{');
    if (found == null || !(found.value() instanceof JsonObject object)) {
      return new Broken(answer, "it is no JSON object");
    }
    String detailed = word(object.text(DETAILED, ""));
    String category = QuestionCatalogue.categoryOf(detailed);
    if (category == null) {
      return new Broken(answer, "detailed_category is not in the catalogue");
    }
    JsonArray given = Objects.requireNonNullElse(object.array(LABELS), JsonArray.EMPTY);
    Set<String> labels = labels(given);
    String language = language(object.text(LANGUAGE, ""));
    return JsonVerdict.of(
        answer,
        found,
        JsonObject.builder()
            .put(CATEGORY, category)
            .put(DETAILED, detailed)
            .put(LABELS, labels)
            .put(LANGUAGE, language)
            .build(),
        object.members().size() == MEMBERS
            && category.equals(object.text(CATEGORY))
            && detailed.equals(object.text(DETAILED))
            && object.array(LABELS) != null
            && labels.size() == given.size()
            && language.equals(object.text(LANGUAGE)));
  }

  @Override
  public JsonObject schema() {
    return SCHEMA;
  }

  private static Set<String> labels(JsonArray given) {
    Set<String> labels = new LinkedHashSet<>();
    for (JsonValue item : given) {
      if (item instanceof JsonString text
          && QuestionCatalogue.LABELS.contains(text.value().strip())) {
        labels.add(text.value().strip());
      }
    }
    return labels;
  }

  /** A code of two letters, as of {@code pt-BR}; what is none is undetermined. */
  private static String language(String given) {
    String code = word(given);
    boolean letters =
        code.length() >= 2
            && Character.isLetter(code.charAt(0))
            && Character.isLetter(code.charAt(1))
            && (code.length() == 2 || !Character.isLetter(code.charAt(2)));
    return letters ? code.substring(0, 2) : UNKNOWN_LANGUAGE;
  }

  private static String word(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }
}
