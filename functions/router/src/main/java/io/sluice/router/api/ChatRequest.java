package io.sluice.router.api;

import io.sluice.config.RequestedModel;
import io.sluice.core.json.JsonObject;
import io.sluice.core.model.Message.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request of {@code /v2/chat/agent} (contract 5.2). Immutable.
 *
 * @param messages the whole conversation, at least one message
 * @param scratchpad the steps that the agent has taken for the answer that is wanted
 * @param unavailableResources what the agent can't look up, {@code null} where the request doesn't
 *     say
 * @param model the model that the request names, {@code null} when it names none
 */
public record ChatRequest(
    List<ChatMessage> messages,
    List<ReactStep> scratchpad,
    @Nullable List<String> unavailableResources,
    @Nullable RequestedModel model) {

  private static final int UNLIMITED = Integer.MAX_VALUE;

  public ChatRequest {
    messages = List.copyOf(messages);
    scratchpad = List.copyOf(scratchpad);
    unavailableResources = unavailableResources == null ? null : List.copyOf(unavailableResources);
  }

  /** Reads a request. */
  public static ChatRequest read(JsonObject body) throws InvalidRequestException {
    Fields fields = Fields.of(body);
    fields.require("messages");
    List<ChatMessage> messages = new ArrayList<>();
    boolean misplaced = false;
    for (Fields message : fields.objects("messages", 1, UNLIMITED)) {
      ChatMessage read = ChatMessage.read(message);
      misplaced |= message.holds("agent_scratchpad") && read.role() != Role.ASSISTANT;
      messages.add(read);
    }
    List<ReactStep> ofOptions = ReactStep.ofOptions(fields);
    List<String> unavailable = fields.texts("unavailable_resources", 0, UNLIMITED, UNLIMITED);
    RequestedModel model = ModelMetadata.read(fields);
    fields.check();
    if (misplaced) {
      throw new InvalidRequestException(
          400,
          List.of(
              new Problem(
                  "", "agent_scratchpad can only be present when role is ASSISTANT", true)));
    }
    return new ChatRequest(
        messages,
        ofOptions == null ? current(messages) : ofOptions,
        fields.holds("unavailable_resources") ? unavailable : null,
        model);
  }

  private static List<ReactStep> current(List<ChatMessage> messages) {
    ChatMessage last = messages.getLast();
    return last.role() == Role.ASSISTANT && last.content() == null ? last.scratchpad() : List.of();
  }
}
