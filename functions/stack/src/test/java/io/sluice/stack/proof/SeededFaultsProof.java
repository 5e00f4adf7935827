package io.sluice.stack.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.json.Json;
import io.sluice.stack.Deployments;
import io.sluice.stack.template.Template;
import io.sluice.stack.template.TemplateLibrary;
import io.sluice.testing.ModelAnswer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an account would find out: planted in our templates, it must be found here. */
class SeededFaultsProof {

  private static final Path TEMPLATES = Path.of("../../target/templates");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "functions.json | \"SLUICE_STATE_TABLE\": | \"SLUICE_STATE_TABEL\": | 503",
        "functions.json | io.sluice.router.RouterFunction | io.sluice.router.RouterFunktion | 502",
        "functions.json | \"lambda:InvokeFunction\",\"Resource\" |"
            + " \"lambda:GetFunction\",\"Resource\" | Allow lambda:InvokeFunction",
        "functions.json | \"keys/*\" | \"key/*\" | not authorized to perform: dynamodb:GetItem",
        "data.json | \"AttributeName\":\"id\" | \"AttributeName\":\"ident\" | the routing table"
            + " cannot be read",
        "data.json | \"AttributeName\":\"kind\" | \"AttributeName\":\"sort\" | required keys",
        "functions.json | \"StartingPosition\":\"TRIM_HORIZON\" |"
            + " \"Enabled\":false,\"StartingPosition\":\"TRIM_HORIZON\" | the row is not published",
        "api.json | response-streaming-invocations | invocations | contradict",
        "api.json | /authorizers/* | /authorizer/* | Authentication is not available",
        "functions.json | provided.al2023 | provided.al2 | runtime provided.al2",
        "template.json | Outputs.RoutesStreamArn | Outputs.RoutesTableArn | no table's stream",
      })
  void givenAFaultInOurTemplates_whenTheStackIsRun_thenItIsFound(
      String file, String was, String becomes, String expected) {
    boolean[] planted = {false};
    TemplateLibrary faulty =
        new TemplateLibrary(
            TEMPLATES,
            template -> {
              Template plain = Deployments.withoutTls(template);
              if (!template.name().equals(file)) {
                return plain;
              }
              String text = Json.text(plain.root());
              String changed = text.replace(was, becomes);
              planted[0] |= !changed.equals(text);
              return new Template(template.name(), PackagedStack.object(changed));
            });
    String found = fault(faulty);
    assertThat(planted[0]).as("planted").isTrue();
    assertThat(found).contains(expected);
  }

  /** What doesn't work, {@code null} if everything does. */
  private static @Nullable String fault(TemplateLibrary templates) {
    try (PackagedStack packaged = PackagedStack.start(Map.of(), templates)) {
      packaged.model().byDefault(ModelAnswer.text("text[::-1]"));
      HttpResponse<String> answer = packaged.post("/v2/code/completions", PackagedStack.COMPLETION);
      if (answer.statusCode() != 200) {
        return answer.statusCode() + " " + answer.body();
      }
      packaged.stack().awaitFirstRun();
      packaged.row(
          "model",
          "m",
          Map.of(
              "provider", PackagedStack.s("openai"),
              "family", PackagedStack.s("general"),
              "model", PackagedStack.s("other-model"),
              "endpoint", PackagedStack.s(packaged.model().url())));
      packaged.row("feature", "code_completions", Map.of("targets", PackagedStack.targets("m")));
      long end = System.nanoTime() + java.time.Duration.ofSeconds(25).toNanos();
      while (System.nanoTime() < end) {
        HttpResponse<String> again =
            packaged.post("/v2/code/completions", PackagedStack.COMPLETION);
        if (again.statusCode() == 200
            && packaged.model().lastCall().model().equals("other-model")) {
          return packaged.stack().refusals().isEmpty()
              ? null
              : packaged.stack().refusals().getFirst();
        }
        Thread.sleep(500);
      }
      return "the row is not published";
    } catch (Exception e) {
      return e.toString();
    }
  }
}
