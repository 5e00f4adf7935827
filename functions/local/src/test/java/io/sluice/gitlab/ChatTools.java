package io.sluice.gitlab;

import io.sluice.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The seven tools of Duo Chat (client 3.3): six read an item of GitLab, one the documentation. */
public final class ChatTools {

  private static final List<String> READERS =
      List.of(
          "build_reader",
          "commit_reader",
          "epic_reader",
          "issue_reader",
          "merge_request_reader",
          "work_item_reader");

  private static final String NOTHING_FOUND =
      "I am sorry, I cannot access the information you are asking about. A group or project owner"
          + " has turned off Duo features or the item does not exist.";
  private static final String NO_DOCUMENTATION =
      "I'm sorry, I couldn't find any documentation to answer your question.";

  private final GitLab gitLab;
  private final Map<String, String> items;

  /**
   * @param items what this GitLab holds: the text of each item by tool, type and identifier, such
   *     as {@code issue_reader iid 42} and {@code issue_reader current}
   */
  public ChatTools(GitLab gitLab, Map<String, String> items) {
    this.gitLab = gitLab;
    this.items = Map.copyOf(items);
  }

  /** The tools by name. */
  Map<String, ChatTool> all() {
    Map<String, ChatTool> tools = new HashMap<>();
    for (String reader : READERS) {
      tools.put(reader, input -> item(reader, input));
    }
    tools.put("gitlab_documentation", this::documentation);
    return Map.copyOf(tools);
  }

  private String item(String reader, String input) throws DuoException {
    ResourceReader.Resource resource = new ResourceReader(gitLab, reader).identify(input);
    String key = reader + " " + resource.type();
    return items.getOrDefault(
        resource.type().equals("current") ? key : key + " " + resource.identifier(), NOTHING_FOUND);
  }

  private String documentation(String question) throws DuoException {
    List<JsonObject> documents = new DocumentationSearch(gitLab).search(question);
    return documents.isEmpty()
        ? NO_DOCUMENTATION
        : DocumentationAnswer.ask(gitLab, question, documents).text();
  }
}
