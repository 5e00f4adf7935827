package io.sluice.prompts;

import io.sluice.config.ModelFamily;
import io.sluice.config.PromptRow;
import io.sluice.config.PromptRows;
import io.sluice.config.judge.PromptCheck;
import io.sluice.core.model.Message;
import io.sluice.prompts.output.OutputContract;
import io.sluice.prompts.output.OutputContract.Kept;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Judges administrators' prompt rows as our own prompts are judged, each against the prompt whose
 * place it takes. What passes can do nothing but say other words: it gives the same data, once and
 * in tags, to the same output contract. Thread-safe.
 */
public final class PromptRowCheck implements PromptCheck {

  /** More than any model needs; a row for all families must leave the smallest context room. */
  private static final int MOST_WORDS = 8_000;

  private static final Pattern UNKNOWN_PART = Pattern.compile("(?m)^--- ?[a-z][a-z _]*$");

  private final PromptRegistry ours;
  private final PromptOverrides overrides;

  /**
   * @param ours the prompts that rows may take the place of
   */
  public PromptRowCheck(PromptRegistry ours) {
    this.ours = ours;
    this.overrides = new PromptOverrides(PromptRows.NONE, ours);
  }

  @Override
  public List<String> problems(PromptRow row) {
    int slash = row.name().lastIndexOf('/');
    String id = row.name().substring(0, Math.max(0, slash));
    String folder = row.name().substring(slash + 1);
    if (!ours.knows(id)) {
      return List.of(
          "name: there is no prompt '%s'; prompts: %s"
              .formatted(id, String.join(", ", ours.ids())));
    }
    if (folder.equals(ModelFamily.EMBEDDING.wire())) {
      return List.of("name: models of the family embedding get no prompt");
    }
    try {
      return problems(row, overrides.ground(id, folder, row.version()));
    } catch (PromptNotFoundException e) {
      return List.of("version: " + e.getMessage());
    } catch (MalformedPromptException e) {
      return List.of(e.problem());
    }
  }

  private List<String> problems(PromptRow row, PromptPath path) throws PromptNotFoundException {
    PromptFile file = PromptFile.parseRow(path, row.template());
    Prompt ground = ours.load(path);
    List<String> problems = new ArrayList<>(RowParameters.problems(file.header()));
    if (file.header().members().isEmpty() && file.messages().isEmpty()) {
      problems.add("it changes nothing: give parameters in a header, or messages");
    }
    if (file.header().has("system_ending") && !file.messages().isEmpty()) {
      problems.add("header, system_ending: is for our messages; write it into the row's own");
    }
    if (ours.ours(path.id(), path.folder()).stream()
        .anyMatch(other -> other.version().equals(row.version()))) {
      problems.add(
          "version: %s is ours: take another, so that audit records tell them apart"
              .formatted(row.version()));
    }
    problems.addAll(roles(file));
    problems.addAll(unknownParts(row.template()));
    file.examples()
        .forEach(
            (name, answer) -> {
              if (answer.contains("{{")) {
                problems.add("%s: an answer has no {{ in it".formatted(name));
              }
            });
    if (!file.messages().isEmpty()) {
      Set<String> examples = new HashSet<>(ground.examples().keySet());
      examples.addAll(file.examples().keySet());
      problems.addAll(new RowTemplates(ground, path, examples).problems(file.messages()));
    }
    return problems.isEmpty() ? compiled(row, path) : problems;
  }

  private static List<String> roles(PromptFile file) {
    List<String> problems = new ArrayList<>();
    List<PromptFile.Written> messages = file.messages();
    boolean asks = messages.isEmpty();
    for (int i = 0; i < messages.size(); i++) {
      Message.Role role = messages.get(i).role();
      asks |= role == Message.Role.USER;
      int line = messages.get(i).line() - 1;
      if (role == Message.Role.SYSTEM && i > 0) {
        problems.add("line %d: --- system must be the first message".formatted(line));
      }
      if (role == Message.Role.ASSISTANT && i < messages.size() - 1) {
        problems.add("line %d: --- assistant begins the answer: it must be last".formatted(line));
      }
    }
    if (!asks) {
      problems.add("there is no message below a line --- user");
    }
    return problems;
  }

  private static List<String> unknownParts(String template) {
    List<String> problems = new ArrayList<>();
    String text = template.replace("\r\n", "\n");
    Matcher matcher = UNKNOWN_PART.matcher(text);
    while (matcher.find()) {
      if (!matcher.group().matches("--- (system|user|assistant|example( [a-z_]+)?)")) {
        long line = 1 + text.substring(0, matcher.start()).chars().filter(c -> c == '\n').count();
        problems.add(
            "line %d: there is no such part; parts: --- system, --- user, --- assistant, --- example"
                .formatted(line));
      }
    }
    return problems;
  }

  private static List<String> compiled(PromptRow row, PromptPath path) {
    List<String> problems = new ArrayList<>();
    Prompt prompt = PromptOverrides.compile(row, path);
    prompt
        .examples()
        .forEach(
            (name, answer) -> {
              OutputContract.Verdict verdict =
                  prompt.contract().judge(answer, prompt.exampleInputs());
              if (!(verdict instanceof Kept)) {
                problems.add(
                    "%s: is no answer that GitLab can read: %s".formatted(name, reason(verdict)));
              }
            });
    int most = mostWords(prompt.variant());
    if (prompt.ownTokens() > most) {
      problems.add(
          "its own words are about %d tokens: at most %d leave room for data and answer"
              .formatted(prompt.ownTokens(), most));
    }
    return problems;
  }

  private static String reason(OutputContract.Verdict verdict) {
    return switch (verdict) {
      case Kept _ -> "";
      case OutputContract.Repaired repaired -> repaired.repair();
      case OutputContract.Broken broken -> broken.reason();
    };
  }

  /** Half of the family's context; of the smallest one's, where all families may get the row. */
  private static int mostWords(String folder) {
    int context =
        ModelFamily.named(folder)
            .map(ModelFamily::contextTokens)
            .orElse(ModelFamily.CODEGEMMA.contextTokens());
    return Math.min(MOST_WORDS, context / 2);
  }
}
