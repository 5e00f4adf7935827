package io.sluice.gitlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.testing.ModelAnswer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Code suggestions as an IDE gets them, by way of Workhorse and directly. */
@ExtendWith(SharedDuo.class)
class CodeTest {

  private static final OpenFile FILE =
      new OpenFile("src/sum.py", "Python", "def add(a, b):\n    ", "\n\nprint(add(1, 2))\n");

  private final Duo duo;

  CodeTest(Duo duo) {
    this.duo = duo;
  }

  @Test
  void givenAModelInTheSettings_whenCompleting_thenTheIdeGetsAChoice() throws Exception {
    duo.says("return a + b");
    Reply reply = new CodeCompletion(duo.gitLab("codestral")).complete(FILE);
    assertThat(reply.choice()).as(reply.body()).isEqualTo("return a + b");
    assertThat(duo.lastPrompt()).contains("[SUFFIX]", "[PREFIX]");
  }

  @Test
  void givenAStream_whenCompleting_thenItIsRawText() throws Exception {
    duo.does(ModelAnswer.text("return ", "a + b"));
    assertThat(new CodeCompletion(duo.gitLab()).stream(FILE).body()).isEqualTo("return a + b");
  }

  @Test
  void givenAUserToken_whenTheIdeAsksDirectly_thenNoModelIsNeeded() throws Exception {
    duo.says("return a + b");
    IdeConnection ide = new IdeConnection(duo.gitLab());
    ide.connect();
    assertThat(ide.complete(FILE).choice()).isEqualTo("return a + b");
    assertThat(duo.gitLab().wire().calls())
        .extracting(Wire.Call::path)
        .endsWith("/v1/code/user_access_token", "/v2/completions");
  }

  @Test
  void givenAModelThatRefuses_whenTheIdeAsksDirectly_thenGitLabIsAskedAtOnce() throws Exception {
    IdeConnection ide = new IdeConnection(duo.gitLab());
    ide.connect();
    duo.does(ModelAnswer.status(400, "no"), ModelAnswer.text("return a + b"));
    assertThat(ide.complete(FILE).choice()).isEqualTo("return a + b");
    assertThat(duo.gitLab().wire().calls())
        .extracting(Wire.Call::path)
        .endsWith("/v2/completions", "/v2/code/completions");
  }

  @Test
  void givenNoScope_whenTheIdeConnects_thenRailsPassesTheRefusalOn() {
    IdeConnection ide = new IdeConnection(duo.gitLab(List.of("duo_chat")));
    assertThatThrownBy(ide::connect)
        .isInstanceOfSatisfying(
            DuoException.class,
            e -> {
              assertThat(e.code()).isEqualTo("Token creation failed");
              assertThat(e.status()).isEqualTo(403);
            });
  }

  @Test
  void givenServerSentEvents_whenGenerating_thenTheyMakeUpTheCode() throws Exception {
    duo.does(ModelAnswer.text("def total(cart):\n", "    return sum(cart)\n"));
    CodeGeneration generation = new CodeGeneration(duo.gitLab("mistral"));
    assertThat(generation.events(FILE, "Write a function that adds up a cart."))
        .contains("def total(cart):\n    return sum(cart)");
    assertThat(duo.lastPrompt()).contains("adds up a cart");
  }

  @Test
  void givenOlderClients_whenGenerating_thenTextIsRawOrAChoice() throws Exception {
    duo.says("def total(cart):\n    return sum(cart)\n");
    CodeGeneration generation = new CodeGeneration(duo.gitLab());
    assertThat(generation.raw(FILE, "Add up a cart.")).contains("return sum(cart)");
    assertThat(generation.whole(FILE, "Add up a cart.")).contains("return sum(cart)");
  }

  @Test
  void givenAModelThatBreaksOff_whenEventsAreRead_thenTheIdeIsTold() {
    duo.does(ModelAnswer.text("def total(\n", "cart").ending(ModelAnswer.End.ERROR_EVENT));
    CodeGeneration generation = new CodeGeneration(duo.gitLab());
    assertThatThrownBy(() -> generation.events(FILE, "Add up a cart."))
        .isInstanceOf(DuoException.class);
  }

  @Test
  void givenAModelThatBreaksOff_whenRawTextIsRead_thenTheBodyIsCutOff() {
    duo.does(ModelAnswer.text("def total(\n", "cart").ending(ModelAnswer.End.RESET));
    CodeGeneration generation = new CodeGeneration(duo.gitLab());
    assertThatThrownBy(() -> generation.raw(FILE, "Add up a cart."))
        .isInstanceOfSatisfying(
            WireException.class, e -> assertThat(e.kind()).isEqualTo(WireException.Kind.TRUNCATED));
  }
}
