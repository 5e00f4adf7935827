package io.sluice.prompts;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Fits a request's inputs into the tokens that are left for them. Nothing is cut that fits; where
 * all together are too long, short inputs stay whole and long ones share evenly what is left.
 */
final class Budgets {

  /** What fits, and which inputs were cut for it. */
  record Fitted(Map<String, JsonValue> values, int tokens, Set<String> cut) {}

  /** An input that is there, and how many tokens it would like. */
  private record Wish(String name, PromptInput input, JsonValue value, int tokens) {
    int wanted() {
      return Math.min(tokens, input.budget());
    }
  }

  private final Map<String, PromptInput> inputs;

  Budgets(Map<String, PromptInput> inputs) {
    this.inputs = inputs;
  }

  /** The declared inputs of these, in at most about that many tokens. */
  Fitted fit(JsonObject given, int room) {
    List<Wish> wishes = new ArrayList<>(inputs.size());
    for (Map.Entry<String, PromptInput> input : inputs.entrySet()) {
      JsonValue value = given.get(input.getKey());
      if (value != null) {
        wishes.add(new Wish(input.getKey(), input.getValue(), value, tokens(value)));
      }
    }
    int ceiling = ceiling(wishes, Math.max(room, 1));
    Map<String, JsonValue> values = new LinkedHashMap<>();
    Set<String> cut = new TreeSet<>();
    int sum = 0;
    for (Wish wish : wishes) {
      int share = Math.min(wish.wanted(), ceiling);
      boolean fits = wish.tokens() <= share;
      values.put(wish.name(), fits ? wish.value() : cut(wish.input(), wish.value(), share));
      if (!fits) {
        cut.add(wish.name());
      }
      sum += share;
    }
    return new Fitted(values, sum, cut);
  }

  /** What nobody may have more of: no limit where all wishes can be met. */
  private static int ceiling(List<Wish> wishes, int room) {
    List<Wish> open = new ArrayList<>(wishes);
    int left = room;
    while (!open.isEmpty()) {
      int share = left / open.size();
      int before = open.size();
      for (Wish wish : List.copyOf(open)) {
        if (wish.wanted() <= share) {
          open.remove(wish);
          left -= wish.wanted();
        }
      }
      if (open.size() == before) {
        return share;
      }
    }
    return Integer.MAX_VALUE;
  }

  private static JsonValue cut(PromptInput input, JsonValue value, int tokens) {
    if (value instanceof JsonArray list) {
      return first(list, tokens);
    }
    return new JsonString(input.cut().apply(JsonValues.text(value), tokens));
  }

  private static JsonArray first(JsonArray list, int tokens) {
    List<JsonValue> kept = new ArrayList<>();
    int left = tokens;
    for (JsonValue item : list) {
      left -= tokens(item);
      if (left >= 0) {
        kept.add(item);
      }
    }
    return JsonArray.of(kept);
  }

  private static int tokens(JsonValue value) {
    return TokenEstimate.of(JsonValues.text(value));
  }
}
