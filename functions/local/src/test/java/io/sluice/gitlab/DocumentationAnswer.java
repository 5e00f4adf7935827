package io.sluice.gitlab;

import io.sluice.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An answer from documents, with links to those that it names (client 3.5, contract 6.2).
 *
 * @param text for the user
 * @param sources each document's link
 */
public record DocumentationAnswer(String text, List<String> sources) {

  private static final String CONTENT_ID = "ATTRS";
  private static final Pattern SOURCE = Pattern.compile("CNT-IDX-(?<id>[0-9a-z]+)");

  public DocumentationAnswer {
    sources = List.copyOf(sources);
  }

  /** Asks the prompt with these documents. */
  public static DocumentationAnswer ask(GitLab gitLab, String question, List<JsonObject> documents)
      throws DuoException {
    JsonObject inputs =
        JsonObject.builder()
            .put("question", question)
            .put("content_id", CONTENT_ID)
            .put("documents", documents)
            .build();
    return read(new ChatPrompt(gitLab).text("documentation_search", inputs, "M4001"), documents);
  }

  private static DocumentationAnswer read(String answer, List<JsonObject> documents) {
    int attributes = answer.lastIndexOf(CONTENT_ID + ":");
    if (attributes < 0) {
      return new DocumentationAnswer(answer.strip(), List.of());
    }
    List<String> sources = new ArrayList<>();
    Matcher ids = SOURCE.matcher(answer.substring(attributes));
    while (ids.find()) {
      documents.stream()
          .filter(document -> document.text("id", "").equals(ids.group("id")))
          .flatMap(DocumentationAnswer::link)
          .forEach(sources::add);
    }
    return new DocumentationAnswer(answer.substring(0, attributes).strip(), sources);
  }

  private static Stream<String> link(JsonObject document) {
    JsonObject metadata = Objects.requireNonNullElse(document.object("metadata"), JsonObject.EMPTY);
    String url = metadata.text("source_url");
    return Stream.ofNullable(url == null ? metadata.text("filename") : url);
  }
}
