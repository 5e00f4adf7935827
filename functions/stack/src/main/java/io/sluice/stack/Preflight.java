package io.sluice.stack;

import io.sluice.stack.api.RestApi;
import io.sluice.stack.event.Schedule;
import io.sluice.stack.function.FunctionDefinition;
import io.sluice.stack.template.ResolvedStack;
import io.sluice.stack.template.Resource;
import io.sluice.stack.template.UnresolvedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds what can't be started before anything is. */
final class Preflight {

  private Preflight() {}

  /**
   * Throws for the first thing that can't be started as the templates say.
   *
   * @throws IOException if a package is missing
   */
  static void judge(ResolvedStack stack, List<FunctionDefinition> functions) throws IOException {
    KnownTypes.judge(stack);
    for (FunctionDefinition function : functions) {
      function.judge();
      List<Path> packages = new ArrayList<>(function.layers());
      packages.add(function.zip());
      for (Path zip : packages) {
        if (!Files.isRegularFile(zip)) {
          throw new IOException(zip + " is not there: package the functions first");
        }
      }
    }
    RestApi.judge(only(stack, "AWS::ApiGateway::RestApi"));
    stack.ofType("AWS::Events::Rule").forEach(Schedule::judge);
    stack.ofType("AWS::Lambda::EventSourceMapping").forEach(one -> judge(one, stack));
  }

  private static void judge(Resource mapping, ResolvedStack stack) {
    String source = mapping.text("EventSourceArn");
    boolean queue =
        stack.ofType("AWS::SQS::Queue").anyMatch(q -> queueArn(stack, q).equals(source));
    String table = source.replaceFirst("^.*:table/([^/]+)/stream/.*$", "$1");
    boolean stream =
        stack
            .find("AWS::DynamoDB::Table", table)
            .filter(one -> one.properties().has("StreamSpecification"))
            .isPresent();
    if (!queue && !stream) {
      throw new UnresolvedException(
          mapping.place(), "no queue and no table's stream of the stack is " + source);
    }
  }

  private static String queueArn(ResolvedStack stack, Resource queue) {
    String url = queue.physicalId();
    return stack.account().arn("sqs", url.substring(url.lastIndexOf('/') + 1));
  }

  /** The resource of a type that a stack has once. */
  static Resource only(ResolvedStack stack, String type) {
    List<Resource> all = stack.ofType(type).toList();
    if (all.size() != 1) {
      throw new UnresolvedException(stack.name(), "has " + all.size() + " of " + type);
    }
    return all.getFirst();
  }
}
