package io.sluice.router.route;

import io.sluice.config.Ability;
import io.sluice.config.Candidate;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonObject;
import io.sluice.core.model.Message;
import io.sluice.core.model.ModelCall;
import io.sluice.core.model.Sampling;
import io.sluice.prompts.Prompt;
import io.sluice.prompts.Rendered;
import io.sluice.prompts.TokenEstimate;
import io.sluice.router.api.ChatRequest;
import io.sluice.router.call.Question;
import io.sluice.router.call.Rendering;
import io.sluice.router.chat.ChatTool;
import io.sluice.router.chat.Scratchpad;
import io.sluice.router.chat.TurnInputs;
import io.sluice.router.error.RefusalException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Asks for the next step of Duo Chat (contract 5.5): the earlier conversation, the question with
 * what the user sees beside it, and the steps so far. Of what a model has room for, the steps get
 * at most half, the earlier conversation and what the user added a quarter each. Immutable.
 */
record ChatRendering(
    PromptRegister prompts, ChatRequest chat, List<ChatTool> tools, LocalDate today)
    implements Rendering {

  static final String PROMPT = "chat/react";

  /** Contract 5.2. */
  private static final String UNAVAILABLE = "Merge Requests, Pipelines, Vulnerabilities";

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEEE, MMMM, dd, yyyy", Locale.ENGLISH);

  /** What the prompt's own words take. */
  private static final int OWN_TOKENS = 1500;

  @Override
  public Question render(Candidate candidate) throws RefusalException {
    Prompt prompt = prompts.find(PROMPT, candidate, null);
    Sampling sampling = sampling(prompt, candidate);
    int room = Math.max(0, candidate.contextTokens() - answerTokens(sampling) - OWN_TOKENS);
    Conversation conversation = Conversation.of(chat.messages());
    List<Message> earlier =
        new EarlierTurns(prompts, prompt, candidate).of(conversation.earlier(), room / 4);
    int earlierTokens = 0;
    for (Message message : earlier) {
      earlierTokens += TokenEstimate.of(message.content());
    }
    boolean continues = prompt.continues(candidate.supports().contains(Ability.PREFILL));
    JsonArray steps = Scratchpad.of(chat.scratchpad(), room / 2);
    JsonObject inputs =
        JsonObject.builder()
            .putAll(TurnInputs.of(conversation.question(), room / 4))
            .put("tools", tools.stream().map(ChatRendering::named).toList())
            .put("unavailable_resources", unavailable())
            .put("current_date", DATE.format(today))
            .put("steps", continues ? JsonArray.EMPTY : steps)
            .put("begun", continues ? steps : JsonArray.EMPTY)
            .build();
    Rendered rendered = prompts.render(prompt, inputs, candidate, earlierTokens);
    return new Question(
        new ModelCall.Chat(joined(earlier, rendered.messages())),
        sampling,
        prompt,
        inputs,
        rendered.inputTokens() + earlierTokens);
  }

  /** An answer takes at most half of the context: no server gives more than prompt and answer. */
  private static Sampling sampling(Prompt prompt, Candidate candidate) {
    Sampling wanted = prompt.sampling();
    Integer tokens = wanted.maxTokens();
    return new Sampling(
        wanted.temperature(),
        wanted.topP(),
        tokens == null ? null : Math.min(tokens, candidate.contextTokens() / 2),
        wanted.stop());
  }

  private static int answerTokens(Sampling sampling) {
    Integer tokens = sampling.maxTokens();
    return tokens == null ? 0 : tokens;
  }

  private static JsonObject named(ChatTool tool) {
    return JsonObject.builder().put(tool.wire(), tool.wire()).build();
  }

  private String unavailable() {
    List<String> resources = chat.unavailableResources();
    return resources == null ? UNAVAILABLE : String.join(", ", resources);
  }

  /** The system's message first, then the conversation, whose speakers take turns. */
  private static List<Message> joined(List<Message> earlier, List<Message> prompt) {
    int start = 0;
    while (start < prompt.size() && prompt.get(start).role() == Message.Role.SYSTEM) {
      start++;
    }
    List<Message> messages = new ArrayList<>(prompt.subList(0, start));
    messages.addAll(earlier);
    for (Message message : prompt.subList(start, prompt.size())) {
      EarlierTurns.add(messages, message);
    }
    return messages;
  }
}
