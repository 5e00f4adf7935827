package io.sluice.stack.template;

import io.sluice.core.json.JsonNull;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One stack of the tree: its template and what was given for its parameters. Not thread-safe. */
final class StackScope implements Evaluation.Names {

  static final String NESTED = "AWS::CloudFormation::Stack";

  private final Template template;
  private final String name;
  private final Map<String, String> given;
  private final TemplateLibrary library;
  private final Account account;
  private final PhysicalNames physical;
  private final Evaluation evaluation = new Evaluation(this);
  private final Conditions conditions;
  private final Map<String, StackScope> children = new HashMap<>();
  private final Map<String, String> physicalIds = new HashMap<>();
  private final Set<String> underWay = new HashSet<>();

  /**
   * @param given values of parameters, as a user or the outer stack gives them
   */
  StackScope(
      Template template,
      String name,
      Map<String, String> given,
      TemplateLibrary library,
      Account account) {
    this.template = template;
    this.name = name;
    this.given = Map.copyOf(given);
    this.library = library;
    this.account = account;
    this.physical = new PhysicalNames(name, account);
    this.conditions = new Conditions(template, evaluation);
    for (String parameter : given.keySet()) {
      if (!template.section("Parameters").has(parameter)) {
        throw new UnresolvedException(template.name(), "there is no parameter " + parameter);
      }
    }
  }

  /** Checks every parameter and every assertion of the template's rules. */
  void judgeParameters() {
    template.section("Parameters").members().keySet().forEach(this::parameter);
    template
        .section("Rules")
        .members()
        .forEach(
            (rule, body) -> new Rule(template.name() + ": Rules." + rule, body).judge(conditions));
  }

  /** Whether the resource is made: its condition, if it has one, holds. */
  boolean made(String logicalId) {
    JsonObject resource = template.member("Resources", logicalId);
    JsonValue condition = resource.get("Condition");
    return condition == null
        || conditions.holds(TemplateParameter.text(condition), place(logicalId));
  }

  Iterable<String> logicalIds() {
    return template.section("Resources").members().keySet();
  }

  String type(String logicalId) {
    return template.member("Resources", logicalId).text("Type", "");
  }

  String place(String logicalId) {
    return template.name() + ": Resources." + logicalId;
  }

  /** The resource with every value evaluated. */
  Resource resource(String logicalId) {
    return new Resource(
        place(logicalId),
        logicalId,
        type(logicalId),
        TemplateParameter.text(reference(logicalId, place(logicalId))),
        properties(logicalId));
  }

  private JsonObject properties(String logicalId) {
    JsonObject properties = template.member("Resources", logicalId).object("Properties");
    if (properties == null) {
      return JsonObject.EMPTY;
    }
    String place = place(logicalId) + ".Properties";
    return (JsonObject) evaluation.required(properties, place);
  }

  /** The nested stack of that resource. */
  StackScope child(String logicalId) {
    StackScope before = children.get(logicalId);
    if (before != null) {
      return before;
    }
    String place = place(logicalId);
    if (!underWay.add("child " + logicalId)) {
      throw new UnresolvedException(place, "the nested stack depends on itself");
    }
    JsonObject properties = template.member("Resources", logicalId).object("Properties");
    if (properties == null || properties.get("TemplateURL") == null) {
      throw new UnresolvedException(place, "has no TemplateURL");
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    JsonObject own = properties.object("Parameters");
    if (own != null) {
      own.members()
          .forEach(
              (parameter, value) -> {
                String at = place + ".Properties.Parameters." + parameter;
                JsonValue evaluated = evaluation.value(value, at);
                if (evaluated != null) {
                  parameters.put(parameter, joined(evaluated));
                }
              });
    }
    String url = evaluation.text(properties.get("TemplateURL"), place + ".Properties.TemplateURL");
    StackScope child =
        new StackScope(
            library.nested(url, place),
            physical.generated(NESTED, logicalId),
            parameters,
            library,
            account);
    children.put(logicalId, child);
    underWay.remove("child " + logicalId);
    return child;
  }

  /** A list reaches a nested stack as text with commas. */
  private static String joined(JsonValue value) {
    return value instanceof io.sluice.core.json.JsonArray array
        ? String.join(",", array.items().stream().map(TemplateParameter::text).toList())
        : TemplateParameter.text(value);
  }

  /** An output's value, or an exception where there is none. */
  JsonValue output(String output, String asking) {
    JsonObject definition = template.section("Outputs").object(output);
    String place = template.name() + ": Outputs." + output;
    if (definition == null || definition.get("Value") == null) {
      throw new UnresolvedException(asking, template.name() + " has no output " + output);
    }
    String condition = definition.text("Condition");
    if (condition != null && !conditions.holds(condition, place)) {
      throw new UnresolvedException(asking, "the condition of " + place + " does not hold");
    }
    return evaluation.required(definition.get("Value"), place);
  }

  /** Every output whose condition holds. */
  Map<String, JsonValue> outputs() {
    Map<String, JsonValue> outputs = new LinkedHashMap<>();
    template
        .section("Outputs")
        .members()
        .forEach(
            (output, body) -> {
              String place = template.name() + ": Outputs." + output;
              String condition =
                  body instanceof JsonObject object ? object.text("Condition") : null;
              if (condition == null || conditions.holds(condition, place)) {
                outputs.put(output, output(output, place));
              }
            });
    return outputs;
  }

  private JsonValue parameter(String parameter) {
    return new TemplateParameter(
            template.name() + ": Parameters." + parameter, template.member("Parameters", parameter))
        .value(given.get(parameter));
  }

  @Override
  public @Nullable JsonValue ref(String reference, String place) {
    return switch (reference) {
      case "AWS::AccountId" -> new JsonString(account.id());
      case "AWS::Region" -> new JsonString(account.region());
      case "AWS::Partition" -> new JsonString(account.partition());
      case "AWS::URLSuffix" -> new JsonString(account.urlSuffix());
      case "AWS::StackName" -> new JsonString(name);
      case "AWS::StackId" -> new JsonString(physical.reference(NESTED, name));
      case "AWS::NotificationARNs" -> JsonValue.of(java.util.List.of());
      case "AWS::NoValue" -> null;
      default -> {
        if (template.section("Parameters").has(reference)) {
          yield parameter(reference);
        }
        if (template.section("Resources").has(reference)) {
          yield reference(reference, place);
        }
        throw new UnresolvedException(place, "Ref to " + reference + ", which is not there");
      }
    };
  }

  private JsonValue reference(String logicalId, String place) {
    if (!made(logicalId)) {
      throw new UnresolvedException(
          place, "refers to " + logicalId + ", whose condition does not hold");
    }
    String type = type(logicalId);
    if (type.equals("AWS::Lambda::Version") || type.equals("AWS::Lambda::Alias")) {
      String qualifier = type.endsWith("Version") ? "1" : property(logicalId, "Name");
      return new JsonString(
          physical.functionArn(property(logicalId, "FunctionName")) + ":" + qualifier);
    }
    return new JsonString(physical.reference(type, physicalName(logicalId)));
  }

  private String physicalName(String logicalId) {
    String before = physicalIds.get(logicalId);
    if (before != null) {
      return before;
    }
    String type = type(logicalId);
    String naming = PhysicalNames.namingProperty(type);
    JsonObject properties = template.member("Resources", logicalId).object("Properties");
    JsonValue chosen = properties == null || naming == null ? null : properties.get(naming);
    String named = physical.generated(type, logicalId);
    if (chosen != null) {
      if (!underWay.add(logicalId)) {
        throw new UnresolvedException(place(logicalId), "the name depends on itself");
      }
      JsonValue evaluated = evaluation.value(chosen, place(logicalId) + "." + naming);
      underWay.remove(logicalId);
      named = evaluated == null ? named : TemplateParameter.text(evaluated);
    }
    physicalIds.put(logicalId, named);
    return named;
  }

  private String property(String logicalId, String property) {
    JsonObject properties = template.member("Resources", logicalId).object("Properties");
    JsonValue value = properties == null ? null : properties.get(property);
    return evaluation.text(
        value == null ? JsonNull.NULL : value, place(logicalId) + ".Properties." + property);
  }

  @Override
  public JsonValue attribute(String resource, String attribute, String place) {
    if (!template.section("Resources").has(resource) || !made(resource)) {
      throw new UnresolvedException(
          place, "Fn::GetAtt of " + resource + ", which is not there or whose condition is false");
    }
    String type = type(resource);
    if (type.equals(NESTED) && attribute.startsWith("Outputs.")) {
      return child(resource).output(attribute.substring("Outputs.".length()), place);
    }
    if (type.equals("AWS::IAM::Role") && attribute.equals("Arn")) {
      // A role's path is part of its ARN.
      JsonObject properties = template.member("Resources", resource).object("Properties");
      String path =
          properties == null || !properties.has("Path") ? "/" : property(resource, "Path");
      return new JsonString(account.globalArn("iam", "role" + path + physicalName(resource)));
    }
    String value = physical.attribute(type, physicalName(resource), attribute);
    if (value == null) {
      throw new UnresolvedException(place, type + " has no attribute " + attribute + " here");
    }
    return new JsonString(value);
  }

  @Override
  public boolean condition(String condition, String place) {
    return conditions.holds(condition, place);
  }

  @Override
  public @Nullable JsonValue mapping(String map, String first, String second) {
    JsonObject mapping = template.section("Mappings").object(map);
    JsonObject row = mapping == null ? null : mapping.object(first);
    return row == null ? null : row.get(second);
  }

  @Override
  public Account account() {
    return account;
  }
}
