package io.sluice.eval;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.gitlab.ChatQuestion;
import io.sluice.gitlab.ChatTools;
import io.sluice.gitlab.CodeCompletion;
import io.sluice.gitlab.CodeGeneration;
import io.sluice.gitlab.DocumentationAnswer;
import io.sluice.gitlab.DuoChat;
import io.sluice.gitlab.DuoException;
import io.sluice.gitlab.GitLab;
import io.sluice.gitlab.HealthChecks;
import io.sluice.gitlab.JsonAnswers;
import io.sluice.gitlab.ModelSetting;
import io.sluice.gitlab.OneShot;
import io.sluice.gitlab.OpenFile;
import io.sluice.gitlab.Reply;
import io.sluice.gitlab.ResolutionAnswer;
import io.sluice.gitlab.ResourceReader;
import io.sluice.gitlab.ReviewAnswer;
import io.sluice.gitlab.SlashCommand;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Who asks a feature, by the name of its folder: {@code code_completions}, {@code
 * code_generations}, {@code duo_chat}, {@code test_connection}, or a prompt's id.
 */
final class EvalClients {

  private static final String CHAT = "chat/";
  private static final String READER = "_reader";

  private final GitLab gitLab;
  private final ModelSetting model;

  /**
   * @param model what "Test connection" tests
   */
  EvalClients(GitLab gitLab, ModelSetting model) {
    this.gitLab = gitLab;
    this.model = model;
  }

  EvalClient of(String feature) {
    return switch (feature) {
      case "code_completions" -> this::completion;
      case "code_generations" -> this::generation;
      case "duo_chat" -> this::chat;
      case "test_connection" -> _ -> connection();
      case "chat/documentation_search" -> this::documentation;
      case "review_merge_request" -> ask -> review(oneShot(feature, ask));
      case "resolve_vulnerability" -> this::resolution;
      case "measure_comment_temperature" ->
          ask -> Json.text(JsonAnswers.temperature(oneShot(feature, ask)));
      case "categorize_question" -> ask -> Json.text(JsonAnswers.category(oneShot(feature, ask)));
      case "feature_discovery_search" -> ask -> Json.text(JsonAnswers.ids(oneShot(feature, ask)));
      default -> prompt(feature);
    };
  }

  private EvalClient prompt(String id) {
    if (!id.startsWith(CHAT)) {
      return ask -> oneShot(id, ask);
    }
    String unit = id.substring(CHAT.length());
    return unit.endsWith(READER)
        ? ask -> resource(unit, ask)
        : ask -> new SlashCommand(gitLab).run(unit, ask);
  }

  private String oneShot(String id, JsonObject inputs) throws DuoException, IOException {
    return new OneShot(gitLab, "v1").complete(id, inputs);
  }

  private String completion(JsonObject ask) throws DuoException, IOException {
    Reply reply = new CodeCompletion(gitLab).complete(file(ask));
    return said(reply.choice(), reply.status());
  }

  private String generation(JsonObject ask) throws DuoException, IOException {
    String code = new CodeGeneration(gitLab).events(file(ask), ask.text("instruction", ""));
    return said(code, 200);
  }

  private String chat(JsonObject ask) throws DuoException {
    ChatQuestion question =
        new ChatQuestion(
            ask.text("question", ""), ask.object("page"), ask.object("file"), List.of());
    return new DuoChat(gitLab, new ChatTools(gitLab, items(ask))).ask(question).text();
  }

  private String resource(String unit, JsonObject ask) throws DuoException {
    ResourceReader.Resource resource =
        new ResourceReader(gitLab, unit).identify(ask.text("input", ""));
    return resource.type() + " " + resource.identifier();
  }

  private String documentation(JsonObject ask) throws DuoException {
    JsonArray documents = Objects.requireNonNullElse(ask.array("documents"), JsonArray.EMPTY);
    DocumentationAnswer answer =
        DocumentationAnswer.ask(
            gitLab,
            ask.text("question", ""),
            documents.items().stream().map(EvalClients::object).toList());
    return answer.text() + "\nSources: " + String.join(" ", answer.sources());
  }

  private static String review(String answer) throws DuoException {
    StringBuilder text = new StringBuilder("review");
    for (ReviewAnswer.Comment comment : ReviewAnswer.read(answer).comments()) {
      text.append("\n%s:%s %s".formatted(comment.file(), comment.newLine(), comment.text()));
    }
    return text.toString();
  }

  private String resolution(JsonObject ask) throws DuoException, IOException {
    ResolutionAnswer answer = ResolutionAnswer.read(oneShot("resolve_vulnerability", ask));
    return answer.falsePositive() ? "false positive" : answer.applied(ask.text("source_code", ""));
  }

  private String connection() throws DuoException {
    String problem = new HealthChecks(gitLab).testConnection(model);
    return said(problem.isEmpty() ? "ok" : "", 0);
  }

  private static String said(String answer, int status) throws DuoException {
    if (answer.isBlank()) {
      throw DuoException.nothing(status);
    }
    return answer;
  }

  private static OpenFile file(JsonObject ask) {
    return new OpenFile(
        ask.text("file_name", ""),
        ask.text("language", ""),
        ask.text("above", ""),
        ask.text("below", ""));
  }

  private static Map<String, String> items(JsonObject ask) {
    Map<String, String> items = new HashMap<>();
    Objects.requireNonNullElse(ask.object("items"), JsonObject.EMPTY)
        .members()
        .forEach((name, text) -> items.put(name, text instanceof JsonString s ? s.value() : ""));
    return items;
  }

  private static JsonObject object(Object value) {
    return value instanceof JsonObject object ? object : JsonObject.EMPTY;
  }
}
