package io.sluice.stack.mini;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Logs what it gets; fails a batch with the row {@code bad}, and the job {@code bad} of a batch.
 * Needs nothing but AWS's interface: it runs from a zip of its own.
 */
public final class WorkerFunction implements RequestStreamHandler {

  private static final Pattern JOB =
      Pattern.compile("\"messageId\":\"([^\"]+)\"[^{}]*?\"body\":\"bad\"");

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
    String type =
        event.contains("aws:dynamodb") ? "rows" : event.contains("aws:sqs") ? "jobs" : "schedule";
    System.out.println(type + " " + event.replace("\n", " "));
    System.out.println("in " + System.getenv("AWS_LAMBDA_INITIALIZATION_TYPE"));
    if (type.equals("rows") && event.contains("\"S\":\"bad\"")) {
      throw new IOException("a bad row");
    }
    List<String> failed = new ArrayList<>();
    Matcher job = JOB.matcher(event);
    while (type.equals("jobs") && job.find()) {
      failed.add("{\"itemIdentifier\":\"" + job.group(1) + "\"}");
    }
    output.write(
        ("{\"batchItemFailures\":[" + String.join(",", failed) + "]}")
            .getBytes(StandardCharsets.UTF_8));
  }
}
