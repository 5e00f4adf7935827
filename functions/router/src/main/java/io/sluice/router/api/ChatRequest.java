package io.sluice.router.api;

import io.sluice.config.RequestedModel;
import io.sluice.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request of {@code /v2/chat/agent} (contract 5.2). Immutable.
 *
 * @param body the request as it was sent; its schema holds
 * @param model the model that the request names, {@code null} when it names none
 */
public record ChatRequest(JsonObject body, @Nullable RequestedModel model) {

  private static final int UNLIMITED = Integer.MAX_VALUE;
  private static final List<String> ROLES = List.of("system", "user", "assistant");
  private static final List<String> PAGES =
      List.of("issue", "epic", "merge_request", "commit", "build", "work_item");

  /** Contract 5.2 and Appendix A, 14: Rails also sends {@code user_rule}. */
  private static final Set<String> CATEGORIES =
      new java.util.TreeSet<>(
          List.of(
              "file",
              "snippet",
              "merge_request",
              "issue",
              "dependency",
              "local_git",
              "terminal",
              "repository",
              "directory",
              "os_information",
              "agent_user_environment",
              "user_rule"));

  /** Reads a request. */
  public static ChatRequest read(JsonObject body) throws InvalidRequestException {
    Fields fields = Fields.of(body);
    fields.require("messages");
    boolean misplaced = false;
    for (Fields message : fields.objects("messages", 1, UNLIMITED)) {
      misplaced |= message(message);
    }
    options(fields);
    fields.texts("unavailable_resources", 0, UNLIMITED, UNLIMITED);
    RequestedModel model = ModelMetadata.read(fields);
    fields.check();
    if (misplaced) {
      throw new InvalidRequestException(
          400,
          List.of(
              new Problem(
                  "", "agent_scratchpad can only be present when role is ASSISTANT", true)));
    }
    return new ChatRequest(body, model);
  }

  /** Reads a message; whether it has a scratchpad that its role forbids. */
  private static boolean message(Fields message) {
    String role = message.requiredWord("role", ROLES);
    message.text("content", UNLIMITED);
    page(message.object("context"));
    Fields file = message.object("current_file");
    if (file != null) {
      file.requiredText("file_path", UNLIMITED);
      file.requiredText("data", UNLIMITED);
      file.require("selected_code");
      file.flag("selected_code");
    }
    for (Fields item : message.objects("additional_context", 0, UNLIMITED)) {
      item.requiredWord("category", CATEGORIES);
      item.text("id", UNLIMITED);
      item.text("content", UNLIMITED);
      item.object("metadata");
    }
    for (Fields step : message.objects("agent_scratchpad", 0, UNLIMITED)) {
      Fields action = step.object("action");
      if (action != null) {
        action.requiredText("tool", UNLIMITED);
        action.requiredText("tool_input", UNLIMITED);
        action.requiredText("thought", UNLIMITED);
        action.text("type", UNLIMITED);
      }
      step.text("observation", UNLIMITED);
    }
    return message.holds("agent_scratchpad") && !role.equals("assistant");
  }

  private static void page(@Nullable Fields page) {
    if (page == null) {
      return;
    }
    String type = page.requiredWord("type", PAGES);
    String content = page.text("content", UNLIMITED);
    String title = page.text("title", UNLIMITED);
    boolean named = title != null || (content != null && !type.equals("work_item"));
    if (!named && !type.equals("build")) {
      page.problem("title", "is required");
    }
  }

  private static void options(Fields fields) {
    Fields options = fields.object("options");
    if (options == null) {
      return;
    }
    Fields scratchpad = options.requiredObject("agent_scratchpad");
    scratchpad.requiredWord("agent_type", List.of("react"));
    scratchpad.require("steps");
    for (Fields step : scratchpad.objects("steps", 0, UNLIMITED)) {
      for (String name : List.of("thought", "tool", "tool_input", "observation")) {
        step.requiredText(name, UNLIMITED);
      }
    }
  }
}
