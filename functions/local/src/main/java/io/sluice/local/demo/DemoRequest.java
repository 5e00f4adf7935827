package io.sluice.local.demo;

import io.sluice.core.http.Headers;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import java.util.List;

/** A code generation as GitLab asks for it (client 3.2), without a model: the table decides. */
final class DemoRequest {

  static final String PATH = "/v4/code/suggestions";

  private static final String FILE = "text_tools.py";
  private static final String ABOVE =
      "# A function reverse_words that returns the words of a text in reverse order\n";

  private DemoRequest() {}

  /** The body on one line of ASCII. */
  static String body() {
    JsonObject enhancer =
        JsonObject.builder()
            .put("examples_array", List.of())
            .put("trimmed_content_above_cursor", ABOVE)
            .put("trimmed_content_below_cursor", "")
            .put("related_files", List.of())
            .put("related_snippets", List.of())
            .put("libraries", List.of())
            .put(
                "user_instruction",
                "Write a Python function reverse_words(text) that returns the words of the text in"
                    + " reverse order.")
            .build();
    JsonObject payload =
        JsonObject.builder()
            .put("file_name", FILE)
            .put("content_above_cursor", ABOVE)
            .put("content_below_cursor", "")
            .put("language_identifier", "Python")
            .put("stream", true)
            .put("prompt_enhancer", enhancer)
            .put("prompt_id", "code_suggestions/generations")
            .put("prompt_version", "^1.0.0")
            .build();
    JsonObject component =
        JsonObject.builder().put("type", "code_editor_generation").put("payload", payload).build();
    return Json.asciiLine(
        JsonObject.builder()
            .put("prompt_version", 1)
            .put("project_path", "demo/text-tools")
            .put(
                "current_file",
                JsonObject.builder()
                    .put("file_name", FILE)
                    .put("content_above_cursor", ABOVE)
                    .put("content_below_cursor", "")
                    .build())
            .put("intent", "generation")
            .put("stream", true)
            .put("prompt_components", List.of(component))
            .build());
  }

  /** The same request for a shell. */
  static String curl(String url, Headers headers) {
    StringBuilder command = new StringBuilder("curl -N ").append(url).append(PATH);
    headers.forEach(
        (name, value) -> {
          if (!value.isEmpty() && !name.equals("X-Gitlab-Rails-Send-Start")) {
            command.append(" -H ").append(quoted(name + ": " + value));
          }
        });
    return command.append(" -d ").append(quoted(body())).toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
