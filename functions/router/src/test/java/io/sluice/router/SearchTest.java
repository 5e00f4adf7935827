package io.sluice.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Resolution;
import io.sluice.core.json.Json;
import io.sluice.core.json.JsonObject;
import io.sluice.docs.Findings;
import io.sluice.docs.Passage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** {@code /v1/search/gitlab-docs} (contract 6.2, gitlab-client 3.5). */
class SearchTest {

  private static final String PATH = "/v1/search/gitlab-docs";
  private static final String BODY =
      """
      {"type":"search-docs","metadata":{"source":"GitLab EE","version":"18.9.0"},
       "payload":{"query":"How do I fork a project?"%s}}
      """;
  private static final Passage FORK =
      new Passage(
          "2b09809367d1",
          "/user/project/repository/forking_workflow.md",
          "Forks",
          "https://docs.gitlab.com/user/project/repository/forking_workflow/",
          List.of("Create a fork", "By the API"),
          "Select **Fork**.");

  private final List<String> asked = new ArrayList<>();
  private final RouterFixture gateway = new RouterFixture();

  private void finding(Passage... passages) {
    gateway.documentation =
        (query, count) -> {
          asked.add(query + " " + count);
          return new Findings("18.9.0/9bfdcef88e70", List.of(passages));
        };
  }

  private static String text(JsonObject record, String member) {
    return Json.text(Objects.requireNonNull(record.get(member)));
  }

  @Test
  void givenAnIndex_whenSearched_thenPassagesComeAsGitLabReadsThem() {
    finding(FORK);

    RecordedAnswer answer = gateway.post(PATH, BODY.formatted(""));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .isEqualTo(
            """
            {"response":{"results":[{"id":"2b09809367d1",\
            "content":"Forks > Create a fork > By the API\\n\\nSelect **Fork**.",\
            "metadata":{"filename":"/user/project/repository/forking_workflow.md","title":"Forks",\
            "source_url":"https://docs.gitlab.com/user/project/repository/forking_workflow/",\
            "Header1":"Forks","Header2":"Create a fork","Header3":"By the API"}}]},\
            "metadata":{"provider":"lucene","timestamp":1790000000}}\
            """);
    assertThat(asked).containsExactly("How do I fork a project? 4");
  }

  @Test
  void givenAPageSize_whenSearched_thenNoMoreIsLookedFor() {
    finding(FORK);

    gateway.post(PATH, BODY.formatted(",\"page_size\":20"));

    assertThat(asked).containsExactly("How do I fork a project? 20");
  }

  @Test
  void givenASearch_whenItsRecordsAreRead_thenTheySayWhichIndexAndNoContent() {
    finding(FORK);

    gateway.post(PATH, BODY.formatted(""));

    JsonObject opening = gateway.audit.getFirst();
    assertThat(opening.text("record")).isEqualTo("opening");
    assertThat(opening.text("feature")).isEqualTo("documentation_search");
    assertThat(text(opening, "decision")).contains("\"snapshot\":7", "\"stale\":false");
    assertThat(text(gateway.closing(), "documentation"))
        .isEqualTo("{\"index\":\"18.9.0/9bfdcef88e70\",\"passages\":1}");
    assertThat(gateway.closing().text("outcome")).isEqualTo("answered");
    assertThat(gateway.closing().array("attempts")).isNull();
    assertThat(gateway.audit.toString()).doesNotContain("How do I fork", "Select");
  }

  @Test
  void givenContentLogging_whenRowAndGitLabBothWantIt_thenTheQuestionIsRecorded() {
    finding(FORK);
    gateway.table.logContent = true;

    gateway.post(PATH, BODY.formatted(""));
    assertThat(gateway.closing().object("content")).isNull();

    gateway
        .header("X-Gitlab-Enabled-Instance-Verbose-Ai-Logs", "true")
        .post(PATH, BODY.formatted(""));

    assertThat(text(gateway.closing(), "content"))
        .isEqualTo("{\"prompt\":\"How do I fork a project?\",\"answer\":[\"2b09809367d1\"]}");
  }

  @Test
  void givenNoIndex_whenSearched_thenNothingIsFoundAndTheRecordSaysSo() {
    RecordedAnswer answer = gateway.post(PATH, BODY.formatted(""));

    assertThat(answer.text()).startsWith("{\"response\":{\"results\":[]}");
    assertThat(text(gateway.closing(), "documentation"))
        .isEqualTo("{\"index\":\"\",\"passages\":0}");
  }

  @Test
  void givenAnIndexThatIsBroken_whenSearched_thenTheCallerIsToldAndTheRecordSaysWhy() {
    gateway.documentation =
        (query, count) -> {
          throw new IOException("SLUICE_DOCS_INDEX: /opt/docs: it holds no index");
        };

    RecordedAnswer answer = gateway.post(PATH, BODY.formatted(""));

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.detail()).doesNotContain("/opt");
    assertThat(gateway.closing().text("error_code")).isEqualTo("docs_index");
    assertThat(gateway.closing().text("error_detail"))
        .isEqualTo("SLUICE_DOCS_INDEX: /opt/docs: it holds no index");
  }

  @Test
  void givenTheFeatureSwitchedOff_whenSearched_thenNothingIsLookedFor() {
    finding(FORK);
    gateway.table.refuse(
        Resolution.Reason.DISABLED, "this feature is switched off by the row feature/duo_chat");

    RecordedAnswer answer = gateway.post(PATH, BODY.formatted(""));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.detail()).contains("feature/duo_chat");
    assertThat(gateway.table.lastFeature).isEqualTo("documentation_search");
    assertThat(asked).isEmpty();
  }

  @Test
  void givenNoRecordCanBeKept_whenSearched_thenNothingIsAnswered() {
    finding(FORK);
    RecordedAnswer answer = new RecordedAnswer(piece -> {});

    gateway.sendUnaudited(PATH, BODY.formatted(""), answer);

    assertThat(answer.status()).isEqualTo(503);
    assertThat(asked).isEmpty();
  }
}
