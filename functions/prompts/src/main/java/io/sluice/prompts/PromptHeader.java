package io.sluice.prompts;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import io.sluice.core.model.Sampling;
import io.sluice.prompts.output.OutputContract;
import io.sluice.prompts.output.OutputContracts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a prompt file says above its messages.
 *
 * @param prefill whether the answer is begun for models that can continue it; not unless a file
 *     says so, since few servers do
 * @param required the inputs without which the prompt can't be rendered
 * @param output what the answer must look like, in words
 * @param contract what the answer must look like, as a check
 * @param ceiling the most tokens that our own words may take
 * @param exampleInputs the inputs to which the file's examples are answers
 */
record PromptHeader(
    String name,
    String feature,
    String unitPrimitive,
    Sampling sampling,
    @Nullable Integer timeoutSeconds,
    boolean prefill,
    Map<String, PromptInput> inputs,
    Set<String> required,
    String output,
    OutputContract contract,
    int ceiling,
    JsonObject exampleInputs) {

  /** Where a file says nothing else: no input is longer. */
  private static final int NO_BUDGET = Integer.MAX_VALUE;

  private static final Set<String> MEMBERS =
      Set.of(
          "name",
          "feature",
          "unit_primitive",
          "like",
          "why",
          "system_ending",
          "temperature",
          "top_p",
          "max_tokens",
          "stop",
          "timeout",
          "prefill",
          "inputs",
          "required",
          "output",
          "contract",
          "ceiling",
          "example_inputs");

  private static final Set<String> INPUT_MEMBERS =
      Set.of("type", "about", "fields", "budget", "cut");

  PromptHeader {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    required = Set.copyOf(required);
  }

  /**
   * Reads a header.
   *
   * @throws IllegalArgumentException naming the member that is missing, unknown or wrong
   */
  static PromptHeader of(JsonObject json) {
    for (String member : json.members().keySet()) {
      check(MEMBERS.contains(member), "unknown member " + member);
    }
    Map<String, PromptInput> inputs = inputs(json);
    Set<String> required = Set.copyOf(texts(json, "required"));
    check(inputs.keySet().containsAll(required), "a required input is not declared");
    return new PromptHeader(
        text(json, "name"),
        text(json, "feature"),
        text(json, "unit_primitive"),
        new Sampling(
            json.decimal("temperature"),
            json.decimal("top_p"),
            whole(json, "max_tokens"),
            texts(json, "stop")),
        whole(json, "timeout"),
        json.flag("prefill"),
        inputs,
        required,
        text(json, "output"),
        contract(json),
        present(whole(json, "ceiling"), "ceiling"),
        Objects.requireNonNullElse(json.object("example_inputs"), JsonObject.EMPTY));
  }

  private static OutputContract contract(JsonObject json) {
    if (!json.has("contract")) {
      return OutputContracts.PROSE;
    }
    return present(
        OutputContracts.named(text(json, "contract")),
        "contract, one of " + OutputContracts.names() + ",");
  }

  private static Map<String, PromptInput> inputs(JsonObject json) {
    Map<String, PromptInput> inputs = new LinkedHashMap<>();
    JsonObject declared = present(json.object("inputs"), "inputs");
    for (String name : declared.members().keySet()) {
      JsonObject input = present(declared.object(name), "input " + name);
      for (String member : input.members().keySet()) {
        check(INPUT_MEMBERS.contains(member), "unknown member " + member + " of input " + name);
      }
      inputs.put(
          name,
          new PromptInput(
              PromptInput.Type.valueOf(upper(text(input, "type"))),
              text(input, "about"),
              texts(input, "fields"),
              Objects.requireNonNullElse(whole(input, "budget"), NO_BUDGET),
              input.has("cut") ? Cut.valueOf(upper(text(input, "cut"))) : Cut.END));
    }
    return inputs;
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  private static String text(JsonObject json, String name) {
    String text = present(json.text(name), name);
    check(!text.isBlank(), name + " is empty");
    return text;
  }

  private static @Nullable Integer whole(JsonObject json, String name) {
    Long number = json.number(name);
    return number == null ? null : Math.toIntExact(number);
  }

  private static List<String> texts(JsonObject json, String name) {
    JsonArray array = json.array(name);
    if (array == null) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (JsonValue item : array) {
      check(item instanceof JsonString, name + " holds something else than texts");
      texts.add(((JsonString) item).value());
    }
    return texts;
  }

  private static <T> T present(@Nullable T value, String name) {
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing or of another type");
    }
    return value;
  }

  private static void check(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(problem);
    }
  }
}
