package io.sluice.stack;

import io.sluice.core.json.JsonObject;
import io.sluice.stack.template.Template;
import io.sluice.stack.template.TemplateLibrary;
import java.nio.file.Path;
import java.util.Map;

/** Parameters of deployments, as an administrator would give them. */
public final class Deployments {

  private Deployments() {}

  /** A new VPC and nothing else: what every deployment must say, with no default model. */
  public static Map<String, String> newVpc() {
    return Map.of(
        "GitLabUrls", "https://gitlab.corp.example",
        "GitLabCidr", "10.0.0.0/8",
        "ModelEndpoint", "",
        "ModelName", "",
        "VpcId", "",
        "SubnetIds", "",
        "DynamoDbPrefixList", "pl-0123456789abcdef0");
  }

  /**
   * The translated templates, in which endpoints may be plain HTTP: the stand-ins of GitLab and
   * models on this machine have no certificates. It is the one thing that differs from a
   * deployment; a deployment's parameters take HTTPS alone.
   */
  public static TemplateLibrary withoutTls(Path templates) {
    return new TemplateLibrary(templates, Deployments::withoutTls);
  }

  /** One template of those. */
  public static Template withoutTls(Template template) {
    JsonObject.Builder parameters = JsonObject.builder();
    template
        .section("Parameters")
        .members()
        .forEach(
            (name, value) -> {
              JsonObject definition = (JsonObject) value;
              String pattern = definition.text("AllowedPattern");
              parameters.put(
                  name,
                  pattern == null
                      ? definition
                      : JsonObject.builder()
                          .putAll(definition)
                          .put("AllowedPattern", pattern.replace("https://", "https?://"))
                          .build());
            });
    return new Template(
        template.name(),
        JsonObject.builder().putAll(template.root()).put("Parameters", parameters.build()).build());
  }
}
