package io.sluice.publisher;

import io.sluice.core.log.JsonLines;
import java.time.Clock;
import java.util.Map;
import org.springframework.cloud.function.context.FunctionRegistration;
import org.springframework.cloud.function.context.FunctionalSpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The function {@code publish}, registered without scanning anything. Lambda's handler is {@code
 * org.springframework.cloud.function.adapter.aws.FunctionInvoker} with {@code
 * MAIN_CLASS=io.sluice.publisher.PublisherApplication}.
 */
public final class PublisherApplication
    implements ApplicationContextInitializer<GenericApplicationContext> {

  /** Set by Lambda (its "Defined runtime environment variables"). */
  private static final String INITIALIZATION = "AWS_LAMBDA_INITIALIZATION_TYPE";

  private final Map<String, String> environment;

  /** Configured by the process's environment. */
  public PublisherApplication() {
    this(System.getenv());
  }

  PublisherApplication(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Starts the application outside of Lambda's handler. */
  public static void main(String[] arguments) {
    FunctionalSpringApplication.run(PublisherApplication.class, arguments);
  }

  @Override
  public void initialize(GenericApplicationContext context) {
    Clock clock = Clock.systemUTC();
    JsonLines log = JsonLines.standardOutput(clock);
    Composition composition = Composition.of(PublisherSettings.of(environment), log, clock);
    if ("snap-start".equals(environment.get(INITIALIZATION))) {
      composition.prime();
    }
    context.registerBean(
        "publish",
        FunctionRegistration.class,
        () -> new FunctionRegistration<>(composition.publish()).type(Publish.class));
  }
}
