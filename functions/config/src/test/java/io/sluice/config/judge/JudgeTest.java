package io.sluice.config.judge;

import static io.sluice.config.Tables.judged;
import static io.sluice.config.Tables.model;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.FeatureRow;
import io.sluice.config.WeightedModel;
import io.sluice.config.judge.RowStatus.Standing;
import io.sluice.config.row.RowKey;
import io.sluice.config.snapshot.Snapshot;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A bad row never breaks the table. */
class JudgeTest {

  private static final String CHAT =
      "---\n{kind: feature, name: duo_chat, targets: [{model: a}]}\n";

  @Test
  void givenValidRows_whenJudged_thenTheyAreLiveUnderTheNextNumber() {
    Judgement judgement = judged(Snapshot.EMPTY, model("a") + CHAT);

    assertThat(judgement.snapshot().number()).isEqualTo(1);
    assertThat(judgement.snapshot().rows().models()).containsOnlyKeys("a");
    assertThat(judgement.statuses())
        .extracting(RowStatus::message)
        .containsExactly("feature/duo_chat is live", "model/a is live");
  }

  @Test
  void givenTheSameRows_whenJudgedAgain_thenTheSnapshotStays() {
    Snapshot first = judged(Snapshot.EMPTY, model("a") + CHAT).snapshot();

    assertThat(judged(first, CHAT + model("a") + "note: only a remark\n").snapshot())
        .isSameAs(first);
  }

  @Test
  void givenTwoRowsEditedOneAfterAnother_whenTheFirstIsBroken_thenTheSecondStillGoesLive() {
    Snapshot first = judged(Snapshot.EMPTY, model("a") + model("b") + CHAT).snapshot();

    String broken = "---\n{kind: feature, name: duo_chat, targets: [{modle: b}]}\n";
    Judgement second = judged(first, model("a") + model("b") + broken);
    assertThat(second.snapshot()).isSameAs(first);
    assertThat(status(second, RowKey.FEATURE, "duo_chat").standing()).isEqualTo(Standing.KEPT);

    Judgement third =
        judged(
            first,
            model("a")
                + model("b")
                + broken
                + "---\n{kind: feature, name: code_generations, targets: [{model: b}]}\n");
    assertThat(third.snapshot().number()).isEqualTo(2);
    assertThat(targets(third, "duo_chat")).containsExactly(new WeightedModel("a", 1));
    assertThat(targets(third, "code_generations")).containsExactly(new WeightedModel("b", 1));
  }

  @Test
  void givenABrokenRow_whenAnotherIsDisabled_thenTheDisablingGoesLive() {
    Snapshot first = judged(Snapshot.EMPTY, model("a") + CHAT).snapshot();

    Judgement judgement =
        judged(
            first,
            """
            {kind: model, name: a, provider: none}
            ---
            {kind: feature, name: duo_chat, enabled: false, targets: [{model: a}]}
            """);

    assertThat(feature(judgement, "duo_chat").enabled()).isFalse();
    assertThat(judgement.snapshot().rows().models()).containsKey("a");
  }

  @Test
  void givenARowThatIsInvalid_whenItDisables_thenItsSwitchGoesLiveAlone() {
    Snapshot first = judged(Snapshot.EMPTY, model("a") + CHAT).snapshot();

    Judgement judgement =
        judged(
            first,
            model("a")
                + "---\n"
                + "{kind: feature, name: duo_chat, enabled: false, targets: [{model: gone}]}\n");

    assertThat(feature(judgement, "duo_chat").enabled()).isFalse();
    assertThat(targets(judgement, "duo_chat")).containsExactly(new WeightedModel("a", 1));
    assertThat(status(judgement, RowKey.FEATURE, "duo_chat").standing()).isEqualTo(Standing.KEPT);
  }

  @Test
  void givenANewRowThatIsInvalid_whenItDisables_thenItsSwitchGoesLiveAlone() {
    Judgement judgement =
        judged(
            Snapshot.EMPTY,
            """
            {kind: feature, name: duo_chat, enabled: false, typo: 1}
            ---
            {kind: settings, name: global, enabled: false, content_log: "no", metadata: {allow: false}}
            ---
            {kind: feature, name: no_feature, enabled: false}
            """);

    assertThat(feature(judgement, "duo_chat").enabled()).isFalse();
    assertThat(judgement.snapshot().rows().settings().enabled()).isFalse();
    assertThat(judgement.snapshot().rows().settings().metadata().allow()).isFalse();
    assertThat(judgement.snapshot().rows().features()).doesNotContainKey("no_feature");
  }

  @Test
  void givenAContentLogSwitchedOff_whenTheRowIsInvalidOtherwise_thenContentIsNoLongerLogged() {
    String settings = "---\n{kind: settings, name: global, content_log: true}\n";
    Snapshot first =
        judged(
                Snapshot.EMPTY,
                settings + "---\n{kind: feature, name: duo_chat, content_log: {enabled: true}}\n")
            .snapshot();

    Judgement judgement =
        judged(
            first,
            settings
                + "---\n{kind: feature, name: duo_chat, content_log: {enabled: false}, x: 1}\n");

    assertThat(
            Objects.requireNonNull(feature(judgement, "duo_chat").policy().contentLog()).enabled())
        .isFalse();
  }

  @Test
  void givenAModelInUse_whenItIsDeleted_thenItStaysAndTheStatusSaysWhoNamesIt() {
    Snapshot first =
        judged(
                Snapshot.EMPTY,
                model("a")
                    + model("b")
                    + CHAT
                    + "---\n{kind: settings, name: global, default_model: b}\n")
            .snapshot();

    Judgement judgement =
        judged(first, CHAT + "---\n{kind: settings, name: global, default_model: b}\n");

    assertThat(judgement.snapshot()).isSameAs(first);
    assertThat(status(judgement, RowKey.MODEL, "a").message())
        .isEqualTo(
            "model/a is live in its last published form: was deleted, but is still named by"
                + " feature/duo_chat: change these rows first");
    assertThat(status(judgement, RowKey.MODEL, "b").message()).contains("settings/global");
  }

  @Test
  void givenAModelInUse_whenItAndItsUsersAreDeleted_thenAllGo() {
    Snapshot first = judged(Snapshot.EMPTY, model("a") + CHAT).snapshot();

    Judgement judgement = judged(first, "");

    assertThat(judgement.snapshot().documents()).isEmpty();
    assertThat(judgement.statuses()).isEmpty();
  }

  @Test
  void givenAnEditThatNamesADeletedModel_whenJudged_thenTheEditIsLiveAndTheModelStays() {
    Snapshot first = judged(Snapshot.EMPTY, model("a") + CHAT).snapshot();

    Judgement judgement =
        judged(
            first,
            "---\n"
                + "{kind: feature, name: duo_chat, targets: [{model: a}], sampling: {temperature:"
                + " 1}}");

    assertThat(feature(judgement, "duo_chat").policy().sampling().temperature()).isEqualTo(1.0);
    assertThat(judgement.snapshot().rows().models()).containsKey("a");
  }

  @Test
  void givenAPartThatIsUnreadable_whenRowsAreMissing_thenNoneCountsAsDeleted() {
    Snapshot first = judged(Snapshot.EMPTY, model("a") + CHAT).snapshot();

    Judgement judgement = judged(first, model("b") + "---\n{kind: feature, name: [");

    assertThat(judgement.snapshot().rows().models()).containsOnlyKeys("a", "b");
    assertThat(targets(judgement, "duo_chat")).containsExactly(new WeightedModel("a", 1));
  }

  @Test
  void givenARowThatOccursTwice_whenJudged_thenNeitherGoesLive() {
    Judgement judgement = judged(Snapshot.EMPTY, model("a") + model("a"));

    assertThat(judgement.snapshot().rows().models()).isEmpty();
    assertThat(status(judgement, RowKey.MODEL, "a").message()).contains("occurs twice");
  }

  @Test
  void givenAFeatureOverTheContentCeiling_whenTheCeilingFalls_thenItStaysAndTheStatusSaysSo() {
    String feature = "---\n{kind: feature, name: duo_chat, content_log: {enabled: true}}\n";
    Snapshot first =
        judged(Snapshot.EMPTY, feature + "---\n{kind: settings, name: global, content_log: true}")
            .snapshot();

    Judgement judgement =
        judged(first, feature + "---\n{kind: settings, name: global, content_log: false}");

    assertThat(judgement.snapshot().rows().settings().contentLog()).isFalse();
    assertThat(status(judgement, RowKey.FEATURE, "duo_chat").message())
        .contains("content_log.enabled")
        .contains("settings/global");
  }

  @Test
  void givenARowWhoseNameLooksLikeAKey_whenRefused_thenTheNameIsNotShown() {
    String key = "glpat-0123456789abcdefghij";
    Judgement judgement = judged(Snapshot.EMPTY, "{kind: model, name: " + key + "}");

    assertThat(judgement.statuses()).hasSize(1);
    assertThat(judgement.statuses().getFirst().message()).doesNotContain(key);
  }

  private static RowStatus status(Judgement judgement, String kind, String name) {
    return judgement.statuses().stream()
        .filter(status -> status.key().equals(new RowKey(kind, name)))
        .findFirst()
        .orElseThrow();
  }

  private static FeatureRow feature(Judgement judgement, String name) {
    return Objects.requireNonNull(judgement.snapshot().rows().features().get(name));
  }

  private static List<WeightedModel> targets(Judgement judgement, String feature) {
    return Objects.requireNonNull(feature(judgement, feature).policy().targets());
  }
}
