package io.sluice.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BudgetsTest {

  private static final int UNLIMITED = Integer.MAX_VALUE;

  @Test
  void givenInputsThatFit_whenFitted_thenTheyAreTheSame() {
    JsonObject given = JsonObject.of(Map.of("a", "one two", "b", "three"));

    Budgets.Fitted fitted = budgets(Cut.END, UNLIMITED, "a", "b").fit(given, 100);

    assertThat(fitted.values()).isEqualTo(given.members());
    assertThat(fitted.cut()).isEmpty();
    assertThat(fitted.tokens()).isEqualTo(TokenEstimate.of("one two") + TokenEstimate.of("three"));
  }

  @Test
  void givenOneLongInput_whenFitted_thenTheShortOneStaysWhole() {
    JsonObject given = JsonObject.of(Map.of("a", "word ".repeat(1000), "b", "three"));

    Budgets.Fitted fitted = budgets(Cut.END, UNLIMITED, "a", "b").fit(given, 200);

    assertThat(fitted.cut()).containsExactly("a");
    assertThat(text(fitted, "b")).isEqualTo("three");
    assertThat(TokenEstimate.of(text(fitted, "a"))).isBetween(150, 200);
    assertThat(text(fitted, "a")).startsWith("word word").endsWith("\n[the rest was cut]");
  }

  @Test
  void givenTwoLongInputs_whenFitted_thenTheyShareEvenly() {
    JsonObject given =
        JsonObject.of(Map.of("a", "word ".repeat(1000), "b", "word ".repeat(9000), "c", "x"));

    Budgets.Fitted fitted = budgets(Cut.END, UNLIMITED, "a", "b", "c").fit(given, 400);

    assertThat(fitted.cut()).containsExactly("a", "b");
    assertThat(TokenEstimate.of(text(fitted, "a"))).isBetween(150, 200);
    assertThat(TokenEstimate.of(text(fitted, "b"))).isBetween(150, 200);
  }

  @Test
  void givenABudget_whenTheContextIsAmple_thenTheInputIsCutAllTheSame() {
    JsonObject given = JsonObject.of(Map.of("a", "first\n" + "word\n".repeat(500) + "last"));

    Budgets.Fitted fitted = budgets(Cut.START, 50, "a").fit(given, 100_000);

    assertThat(text(fitted, "a")).startsWith("[the start was cut]\nword\n").endsWith("\nlast");
    assertThat(TokenEstimate.of(text(fitted, "a"))).isLessThanOrEqualTo(50);
  }

  @Test
  void givenADiffOfManyFiles_whenCut_thenTheSmallestStayWholeAndTheOthersAreNamed() {
    String small = "diff --git a/s.rb b/s.rb\n+one\n";
    String large = "diff --git a/l.rb b/l.rb\n" + "+word\n".repeat(400);
    String last = "diff --git a/t.rb b/t.rb\n-two\n";

    Budgets.Fitted fitted =
        budgets(Cut.DIFF, 120, "a").fit(JsonObject.of(Map.of("a", small + large + last)), 9999);

    assertThat(text(fitted, "a")).isEqualTo(small + last + "[left out, too long: l.rb]");
  }

  @Test
  void givenGitLabsDiffLines_whenCut_thenItsFilesAreKnown() {
    String small = "<file_diff filename=\"s.rb\">\n<line>a</line>\n</file_diff>\n";
    String large =
        "<file_diff filename=\"l.rb\">\n" + "<line>b</line>\n".repeat(400) + "</file_diff>\n";

    Budgets.Fitted fitted =
        budgets(Cut.DIFF, 150, "a").fit(JsonObject.of(Map.of("a", large + small)), 9999);

    assertThat(text(fitted, "a")).isEqualTo(small + "[left out, too long: l.rb]");
  }

  @Test
  void givenOneFileTooLong_whenCut_thenItsEndGoes() {
    String diff = "diff --git a/l.rb b/l.rb\n" + "+word\n".repeat(400);

    Budgets.Fitted fitted = budgets(Cut.DIFF, 100, "a").fit(JsonObject.of(Map.of("a", diff)), 9999);

    assertThat(text(fitted, "a")).startsWith("diff --git").endsWith("+word\n[the rest was cut]");
  }

  @Test
  void givenALongList_whenFitted_thenItsFirstItemsStayWhole() {
    JsonArray items = JsonArray.of(List.of("word word", "word ".repeat(100), "last"));

    Budgets.Fitted fitted =
        budgets(Cut.END, 20, "a").fit(JsonObject.builder().put("a", items).build(), 9999);

    assertThat(fitted.values().get("a")).isEqualTo(JsonArray.of(List.of("word word")));
    assertThat(fitted.cut()).containsExactly("a");
  }

  @Test
  void givenNoRoomAtAll_whenFitted_thenSomethingIsStillRendered() {
    Budgets.Fitted fitted =
        budgets(Cut.END, UNLIMITED, "a").fit(JsonObject.of(Map.of("a", "x".repeat(99))), -5);

    assertThat(text(fitted, "a")).endsWith("[the rest was cut]");
  }

  private static Budgets budgets(Cut cut, int budget, String... names) {
    Map<String, PromptInput> inputs = new LinkedHashMap<>();
    for (String name : names) {
      inputs.put(name, new PromptInput(PromptInput.Type.STRING, "about", List.of(), budget, cut));
    }
    return new Budgets(inputs);
  }

  private static String text(Budgets.Fitted fitted, String name) {
    return JsonValues.text(fitted.values().get(name));
  }
}
