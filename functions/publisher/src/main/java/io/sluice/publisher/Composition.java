package io.sluice.publisher;

import io.sluice.config.Deployment;
import io.sluice.config.Provider;
import io.sluice.config.judge.Judge;
import io.sluice.config.judge.Remedies;
import io.sluice.config.judge.RowSchemas;
import io.sluice.config.publish.Publication;
import io.sluice.config.publish.StateTable;
import io.sluice.config.row.RowBatch;
import io.sluice.config.snapshot.Snapshot;
import io.sluice.config.store.DynamoDb;
import io.sluice.config.store.DynamoDbRows;
import io.sluice.core.json.JsonObject;
import io.sluice.core.log.JsonLog;
import io.sluice.outbound.EndpointAllowList;
import io.sluice.outbound.SocketOutboundClient;
import io.sluice.outbound.oidc.IssuerUrl;
import io.sluice.outbound.oidc.KeyDiscovery;
import io.sluice.prompts.PromptRegistry;
import io.sluice.prompts.PromptRowCheck;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The function and what it is made of: composition only.
 *
 * @param publish the function
 * @param state where snapshots are
 * @param judge judges rows
 * @param log takes lines
 */
record Composition(Publish publish, StateTable state, Judge judge, JsonLog log) {

  private static final Duration ATTEMPT = Duration.ofSeconds(4);
  private static final Duration CALL = Duration.ofSeconds(20);

  static Composition of(PublisherSettings settings, JsonLog log, Clock clock) {
    DynamoDbClient client = DynamoDb.client(null, ATTEMPT, CALL);
    StateTable state = new StateTable(client, settings.stateTable());
    Deployment deployment = settings.deployment().deployment(Provider.served());
    Judge judge =
        new Judge(
            new RowSchemas(), deployment, new PromptRowCheck(new PromptRegistry()), Remedies.STACK);
    Publication publication =
        new Publication(new DynamoDbRows(client, settings.routesTable()), state, judge, log, clock);
    EndpointAllowList gitLabs =
        new EndpointAllowList(
            PublisherSettings.GITLAB_URLS,
            settings.issuers().stream().map(IssuerUrl::origin).distinct().toList());
    KeyDiscovery discovery =
        new KeyDiscovery(new SocketOutboundClient(gitLabs, gitLabs, settings.authorities()));
    IssuerKeys keys = new IssuerKeys(settings.issuers(), discovery, state, log, clock);
    return new Composition(new Publish(publication, keys), state, judge, log);
  }

  /**
   * Loads, before a snapshot of this process is taken, what the first event needs: the SDK's client
   * with a read, the judge with its schemas. A failure costs only time.
   */
  void prime() {
    try {
      var _ = judge.judge(Snapshot.EMPTY, new RowBatch(List.of(), List.of()));
      var _ = state.live();
    } catch (IOException | RuntimeException e) {
      log.line(
          JsonLog.Level.WARNING,
          "publisher",
          "priming failed; the first event takes longer",
          JsonObject.builder().put("reason", String.valueOf(e.getMessage())).build());
    }
  }
}
