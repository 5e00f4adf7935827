package io.sluice.doctor.gateway;

import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import java.util.List;

/** The bodies that GitLab sends. */
final class Requests {

  private static final String ABOVE = "# Prints the numbers from 1 to 40, one a line\n";

  private Requests() {}

  /** GitLab's end-to-end probe (client 5.2). */
  static String completion() {
    return Json.text(
        JsonObject.builder()
            .put("prompt_version", 2)
            .put("project_path", "")
            .put("project_id", -1)
            .put("current_file", file("test.rb", "def hello_world"))
            .put("model_provider", "litellm")
            .put("stream", false)
            .build());
  }

  /** The button "Test connection" for the model row of that name (client 5.3). */
  static String connectionTest(String row) {
    JsonObject metadata =
        JsonObject.builder()
            .put("name", "general")
            .put("endpoint", "http://dummy.local")
            .put("api_key", "")
            .put("provider", "openai")
            .put("identifier", "sluice/" + row)
            .build();
    return Json.text(
        JsonObject.builder()
            .put("inputs", JsonObject.EMPTY)
            .put("stream", false)
            .put("model_metadata", metadata)
            .build());
  }

  /** A code generation with an answer of some length, streamed (client 3.2). */
  static String generation() {
    JsonObject enhancer =
        JsonObject.builder()
            .put("examples_array", List.of())
            .put("trimmed_content_above_cursor", ABOVE)
            .put("trimmed_content_below_cursor", "")
            .put("related_files", List.of())
            .put("related_snippets", List.of())
            .put("libraries", List.of())
            .put("user_instruction", "Print the numbers from 1 to 40, one print statement each.")
            .build();
    JsonObject payload =
        JsonObject.builder()
            .put("file_name", "numbers.py")
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
    return Json.text(
        JsonObject.builder()
            .put("prompt_version", 1)
            .put("project_path", "sluice/doctor")
            .put("current_file", file("numbers.py", ABOVE))
            .put("intent", "generation")
            .put("stream", true)
            .put("prompt_components", List.of(component))
            .build());
  }

  private static JsonObject file(String name, String above) {
    return JsonObject.builder()
        .put("file_name", name)
        .put("content_above_cursor", above)
        .put("content_below_cursor", "")
        .build();
  }
}
