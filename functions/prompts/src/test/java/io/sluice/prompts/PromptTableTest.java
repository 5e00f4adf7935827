package io.sluice.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.ModelFamily;
import io.sluice.core.json.JsonObject;
import io.sluice.core.model.Message;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the tables of the contract say of each family (3.7, 4.6), as it reaches the model. */
class PromptTableTest {

  private static final String COMPLETIONS = "code_suggestions/completions";
  private static final String GENERATIONS = "code_suggestions/generations";
  private static final String FIM_STOP = "[INST] [/INST] [PREFIX] [MIDDLE] [SUFFIX]";

  private final PromptRegistry registry = new PromptRegistry();

  @ParameterizedTest
  @CsvSource({
    "codestral, true, <s>[SUFFIX]S[PREFIX]P, 0.32, 64, " + FIM_STOP,
    "mistral, true, <s>[SUFFIX]S[PREFIX]P, 0.0, 64, " + FIM_STOP,
    "mixtral, true, <s>[SUFFIX]S[PREFIX]P, 0.0, 64, " + FIM_STOP,
    "codegemma, false, <|fim_prefix|>P<|fim_suffix|>S<|fim_middle|>, 0.95, 128,"
        + " <|fim_prefix|> <|fim_suffix|> <|fim_middle|> <|file_separator|>",
    "codellama, false, <PRE> P <SUF> S <MID>, 0.95, 128, <PRE> <SUF> <MID> <EOT>",
    "deepseekcoder, false,"
        + " <\uFF5Cfim\u2581begin\uFF5C>P<\uFF5Cfim\u2581hole\uFF5C>S<\uFF5Cfim\u2581end\uFF5C>,"
        + " 0.0, 128, ''",
    "llama3, true, , 0.0, 64, ''",
    "gpt, true, , , 64, ''",
    "claude_3, true, , 0.0, 128, ''",
    "general, true, , 0.0, 128, ''",
    "qwen, true, , 0.0, 128, ''",
    "gemini, true, , 1.0, 128, ''"
  })
  void givenAFamily_whenItCompletes_thenTheCallIsTheTables(
      String family,
      boolean system,
      @Nullable String user,
      @Nullable Double temperature,
      int maxTokens,
      String stop)
      throws Exception {
    Prompt prompt = find(COMPLETIONS, family);

    List<Message> messages =
        Prompts.render(
            prompt,
            JsonObject.of(
                Map.of("prefix", "P", "suffix", "S", "file_name", "a.py", "language", "python")));

    assertThat(messages).hasSize(system ? 2 : 1);
    assertThat(messages.getLast().role()).isEqualTo(Message.Role.USER);
    if (user == null) {
      assertThat(messages.getLast().content()).contains(">P<cursor/>S<").contains("a.py (python)");
    } else {
      assertThat(messages.getLast().content()).isEqualTo(user);
    }
    assertThat(prompt.sampling().temperature()).isEqualTo(temperature);
    assertThat(prompt.sampling().maxTokens()).isEqualTo(maxTokens);
    assertThat(prompt.sampling().stop()).isEqualTo(words(stop));
    assertThat(prompt.timeoutSeconds()).isEqualTo(60);
  }

  /** At least 1,024 tokens for generated code, where the table has less. */
  @ParameterizedTest
  @CsvSource({
    "codegemma, 0.95, 1024, '', 60",
    "codellama, 0.95, 1024, '', 60",
    "codestral, 0.3, 1024, '', 60",
    "deepseekcoder, 0.95, 1024, '', 60",
    "gpt, 1.0, 1024, '', 60",
    "llama3, 0.0, 1024, '', 60",
    "mistral, 0.95, 1024, '', 60",
    "mixtral, 0.0, 4096, '', 60",
    "claude_3, 0.2, 2048, UNABLE_TO_GENERATE,",
    "general, 0.2, 2048, UNABLE_TO_GENERATE,",
    "gemini, 0.2, 2048, UNABLE_TO_GENERATE,",
    "qwen, 0.2, 2048, UNABLE_TO_GENERATE,"
  })
  void givenAFamily_whenItGenerates_thenTheCallIsTheTables(
      String family, double temperature, int maxTokens, String stop, @Nullable Integer timeout)
      throws Exception {
    Prompt prompt = find(GENERATIONS, family);

    assertThat(prompt.sampling().temperature()).isEqualTo(temperature);
    assertThat(prompt.sampling().maxTokens()).isEqualTo(maxTokens);
    assertThat(prompt.sampling().stop()).isEqualTo(words(stop));
    assertThat(prompt.timeoutSeconds()).isEqualTo(timeout);
    assertThat(prompt.unitPrimitive()).isEqualTo("generate_code");
    assertThat(prompt.feature()).isEqualTo("code_generations");
  }

  @Test
  void givenEveryFamily_whenItGenerates_thenTheUsersInstructionReachesTheModel() throws Exception {
    JsonObject inputs =
        JsonObject.of(Map.of("user_instruction", "zq-wish", "prefix", "zq-above", "suffix", ""));
    for (String family : ModelFamily.chatNames()) {
      List<Message> messages = Prompts.render(find(GENERATIONS, family), inputs);

      assertThat(messages)
          .extracting(Message::role)
          .containsExactly(Message.Role.SYSTEM, Message.Role.USER);
      assertThat(messages.getLast().content())
          .containsOnlyOnce("zq-wish")
          .containsOnlyOnce("zq-above");
    }
  }

  @Test
  void givenTestConnection_whenItsPromptIsFound_thenItIsTiny() throws Exception {
    for (String family : ModelFamily.chatNames()) {
      Prompt prompt = find("model_configuration/check", family);

      assertThat(prompt.sampling().maxTokens()).isEqualTo(16);
      assertThat(Prompts.render(prompt, JsonObject.EMPTY)).hasSize(2);
      assertThat(prompt.unitPrimitive()).isEqualTo("complete_code");
    }
  }

  @Test
  void givenACommitMessage_whenItsPromptIsFound_thenTheScopeAndInputAreTheTables()
      throws Exception {
    Prompt prompt = find("generate_commit_message", "mistral");

    assertThat(prompt.unitPrimitive()).isEqualTo("generate_commit_message");
    assertThat(prompt.inputs()).containsOnlyKeys("diff");
    assertThat(prompt.timeoutSeconds()).isNull();
  }

  /** The prompts of chat's tools (contract 4.5): 2,048 tokens at most, within a minute. */
  @ParameterizedTest
  @CsvSource({
    "explain_code, general, explain_code, duo_chat_explain_code,",
    "write_tests, general, write_tests, duo_chat_write_tests, 0.1",
    "write_tests, codestral, write_tests, duo_chat_write_tests, 0.3",
    "write_tests, llama3, write_tests, duo_chat_write_tests, 0.3",
    "write_tests, mistral, write_tests, duo_chat_write_tests,",
    "refactor_code, general, refactor_code, duo_chat_refactor_code, 0.1",
    "refactor_code, codestral, refactor_code, duo_chat_refactor_code, 0.3",
    "refactor_code, llama3, refactor_code, duo_chat_refactor_code,",
    "refactor_code, mistral, refactor_code, duo_chat_refactor_code,",
    "fix_code, general, fix_code, duo_chat_fix_code, 0.1",
    "fix_code, codestral, fix_code, duo_chat_fix_code, 0.3",
    "fix_code, llama3, fix_code, duo_chat_fix_code, 0.3",
    "explain_vulnerability, general, explain_vulnerability, duo_chat_explain_vulnerability, 0.1",
    "explain_vulnerability, gpt, explain_vulnerability, duo_chat_explain_vulnerability,",
    "explain_vulnerability, llama3, explain_vulnerability, duo_chat_explain_vulnerability,",
    "explain_vulnerability, mistral, explain_vulnerability, duo_chat_explain_vulnerability,",
    "troubleshoot_job, general, troubleshoot_job, duo_chat_troubleshoot_job, 0.1",
    "summarize_comments, general, summarize_comments, duo_chat_summarize_comments, 0.1",
    "issue_reader, general, ask_issue, issue_reader, 0.1",
    "epic_reader, general, ask_epic, epic_reader, 0.1",
    "merge_request_reader, general, ask_merge_request, merge_request_reader,",
    "merge_request_reader, llama3, ask_merge_request, merge_request_reader, 0.1",
    "commit_reader, general, ask_commit, commit_reader,",
    "build_reader, general, ask_build, build_reader,",
    "work_item_reader, general, ask_work_item, work_item_reader, 0.1"
  })
  void givenAChatTool_whenItsPromptIsFound_thenTheCallIsTheTables(
      String tool, String family, String scope, String feature, @Nullable Double temperature)
      throws Exception {
    Prompt prompt = find("chat/" + tool, family);

    assertThat(prompt.unitPrimitive()).isEqualTo(scope);
    assertThat(prompt.feature()).isEqualTo(feature);
    assertThat(prompt.sampling().temperature()).isEqualTo(temperature);
    assertThat(prompt.sampling().maxTokens()).isEqualTo(2048);
    assertThat(prompt.timeoutSeconds()).isEqualTo(60);
  }

  @ParameterizedTest
  @CsvSource({
    "generate_commit_message, generate_commit_message, , , , diff",
    "summarize_new_merge_request, summarize_new_merge_request, , , , extracted_diff",
    "summarize_review, summarize_review, , , , draft_notes_content",
    "review_merge_request, review_merge_request, , 8192, ,"
        + " mr_title mr_description diff_lines full_content_section custom_instructions_section",
    "resolve_vulnerability, resolve_vulnerability, 0.1, , ,"
        + " name identifiers filename vulnerability_description vulnerable_code source_code",
    "glab_ask_git_command, glab_ask_git_command, , , , prompt",
    "generate_description, generate_issue_description, , , , content template",
    "measure_comment_temperature, measure_comment_temperature, , , , content",
    "categorize_question, duo_chat, 0.0, 500, 15, question previous_answer",
    "classify_code_review_mention_intent, duo_agent_platform, 0.0, 50, 30, message",
    "generate_session_title, duo_agent_platform, , 40, 30, context definition",
    "summarize_duo_workflow, duo_agent_platform, , 1024, 30, logs",
    "feature_discovery_search, feature_discovery_search, 0.0, 1024, 3, catalog features query",
    "embeddings_code, generate_embeddings_codebase, , , , contents"
  })
  void givenAOneShotPrompt_whenFoundForAnyFamily_thenItIsTheTables(
      String id,
      String scope,
      @Nullable Double temperature,
      @Nullable Integer maxTokens,
      @Nullable Integer timeout,
      String inputs)
      throws Exception {
    for (String family : ModelFamily.chatNames()) {
      Prompt prompt = find(id, family);

      assertThat(prompt.unitPrimitive()).isEqualTo(scope);
      assertThat(prompt.sampling().temperature()).isEqualTo(temperature);
      assertThat(prompt.sampling().maxTokens()).isEqualTo(maxTokens);
      assertThat(prompt.timeoutSeconds()).isEqualTo(timeout);
      assertThat(prompt.inputs()).containsOnlyKeys(words(inputs));
    }
  }

  /** Contract 5.5, and which families continue a begun answer. */
  @ParameterizedTest
  @CsvSource({
    "mistral, 0.1, 8192, Observation:, true",
    "claude_3, 0.1, 8192, Observation:, true",
    "mixtral, 0.1, 8192, Observation:, false",
    "codestral, 0.1, 8192, Observation:, false",
    "codegemma, 0.1, 8192, Observation:, false",
    "general, 0.1, 8192, Observation:, false",
    "qwen, 0.1, 8192, Observation:, false",
    "llama3, 0.1, 4096, Observation:, false",
    "gpt, , 8192, '', false"
  })
  void givenAFamily_whenItChats_thenTheCallIsTheTables(
      String family, @Nullable Double temperature, int maxTokens, String stop, boolean begun)
      throws Exception {
    Prompt prompt = find("chat/react", family);

    assertThat(prompt.sampling().temperature()).isEqualTo(temperature);
    assertThat(prompt.sampling().maxTokens()).isEqualTo(maxTokens);
    assertThat(prompt.sampling().stop()).isEqualTo(words(stop));
    assertThat(prompt.timeoutSeconds()).isNull();
    assertThat(prompt.unitPrimitive()).isEqualTo("duo_classic_chat");
    assertThat(prompt.continues(true)).isEqualTo(begun);
    assertThat(prompt.continues(false)).isFalse();
  }

  private Prompt find(String id, String family) throws PromptNotFoundException {
    return registry.find(id, ModelFamily.named(family).orElseThrow(), "^1.0.0");
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
  }
}
