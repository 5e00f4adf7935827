package io.sluice.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.ModelFamily;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.core.model.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rendered prompts, so that a change of words shows as a reviewed diff. A case is a file of inputs
 * at {@code golden/prompts/ID/FAMILY/CASE.json}; beside it is what the model gets. A case whose
 * name starts with {@code small} is for a model of little context without prefill. After a wanted
 * change, {@code -Dgolden=write} writes what is rendered now, here and into docs/prompts.md.
 */
class PromptGoldenTest {

  private static final Path CASES = Path.of("src/test/resources/golden/prompts");
  private static final Path PAGE = Path.of("../../docs/prompts.md");
  private static final String SHOWN = "general/plain.json";

  private final PromptRegistry registry = new PromptRegistry();

  static List<Path> cases() throws IOException {
    try (Stream<Path> files = Files.walk(CASES)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givenInputs_whenRendered_thenTheModelGetsTheGoldenMessages(Path inputs) throws Exception {
    Path golden = inputs.resolveSibling(inputs.getFileName().toString().replace(".json", ".txt"));

    compare(golden, rendered(inputs));
  }

  @Test
  void givenEveryId_whenThePageIsRead_thenItShowsOneRenderedPromptOfEach() throws Exception {
    StringBuilder page =
        new StringBuilder(
            """
            # Prompts

            What the models are sent, by prompt id: one rendered example of each, for a model of no particular family.
            The files are in `functions/prompts/src/main/resources/prompts`, one prompt a file; variants for families lie
            beside `base` and say why they differ. This page is written and checked by `PromptGoldenTest`.
            """);
    for (Path inputs : cases()) {
      if (inputs.endsWith(SHOWN)) {
        Prompt prompt = prompt(inputs);
        page.append("\n## ").append(prompt.id()).append("\n\n");
        page.append(
            "Feature `%s`, scope `%s`, version %s. Answer: %s.\n\n"
                .formatted(
                    prompt.feature(), prompt.unitPrimitive(), prompt.version(), prompt.output()));
        page.append("````text\n").append(rendered(inputs)).append("````\n");
      }
    }

    compare(PAGE, page.toString());
    for (Prompt prompt : registry.all()) {
      assertThat(page).contains("## " + prompt.id() + "\n");
    }
  }

  private String rendered(Path inputs) throws Exception {
    StringBuilder text = new StringBuilder();
    for (Message message :
        prompt(inputs)
            .render((JsonObject) Json.read(Files.readAllBytes(inputs)), audience(inputs))
            .messages()) {
      text.append("--- ").append(message.role().wire()).append('\n');
      text.append(message.content()).append('\n');
    }
    return text.toString();
  }

  private Prompt prompt(Path inputs) throws PromptNotFoundException {
    Path file = CASES.relativize(inputs);
    String id = file.subpath(0, file.getNameCount() - 2).toString().replace('\\', '/');
    return registry.find(id, audience(inputs).family(), PromptRegistry.DEFAULT_CONSTRAINT);
  }

  private static Audience audience(Path inputs) {
    Path folder = inputs.getName(inputs.getNameCount() - 2);
    ModelFamily family = ModelFamily.named(folder.toString()).orElseThrow();
    boolean small = inputs.getFileName().toString().startsWith("small");
    return small ? Prompts.smallAudience(family) : Prompts.audience(family);
  }

  private static void compare(Path file, String text) throws IOException {
    if ("write".equals(System.getProperty("golden"))) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
    assertThat(Files.readString(file)).as(file.toString()).isEqualTo(text);
  }
}
