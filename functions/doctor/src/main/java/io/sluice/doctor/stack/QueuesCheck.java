package io.sluice.doctor.stack;

import io.sluice.doctor.Check;
import io.sluice.doctor.report.Diagnosis;
import io.sluice.doctor.report.Ledger;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What lies in the queues; no message is read. Immutable. */
final class QueuesCheck implements Check {

  private final DeployedStack stack;
  private final SqsClient client;

  QueuesCheck(DeployedStack stack, SqsClient client) {
    this.stack = stack;
    this.client = client;
  }

  @Override
  public String title() {
    return "Queues";
  }

  @Override
  public void examine(Ledger ledger) {
    for (StackResource queue : stack.of("AWS::SQS::Queue")) {
      Attempt.of(ledger, queue.logical(), () -> queue(queue, ledger));
    }
  }

  private void queue(StackResource queue, Ledger ledger) {
    String url = queue.physical();
    String count =
        client
            .getQueueAttributes(
                request ->
                    request
                        .queueUrl(url)
                        .attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
            .attributes()
            .getOrDefault(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "0");
    String seen = "%s: %s messages".formatted(url.substring(url.lastIndexOf('/') + 1), count);
    boolean failures =
        queue.logical().endsWith("DeadLetters") || queue.logical().endsWith("Failures");
    if (failures && !count.equals("0")) {
      ledger.finding(Diagnosis.DEAD_LETTERS, seen);
    } else {
      ledger.healthy(seen);
    }
  }
}
