package io.sluice.doctor.stack;

import java.util.List;
import java.util.Set;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * Where a stack is and what it is called: fills what the templates leave open. Immutable.
 *
 * @param function one of the stack's; its ARN says partition, Region and account
 * @param secrets the names that rows and parameters give to secrets
 */
record Place(DeployedStack stack, DeployedFunction function, Set<String> secrets) {

  private static final String LIVE = ":live";
  private static final String ALIAS = "AWS::Lambda::Alias";

  Place {
    secrets = Set.copyOf(secrets);
  }

  /** The concrete resources that one of the templates stands for. */
  List<String> resources(String template) {
    return switch (template) {
      case "${KeyArn}" -> given(stack.output("KeyArn"));
      case "${SigningKeyArn}" -> given(stack.output("SigningKeyArn"));
      case "${PreviousSigningKeys}" -> given(stack.parameter("PreviousSigningKeys"));
      default -> {
        String arn = pseudo(template);
        if (arn.contains(":secretsmanager:")) {
          yield secrets(arn);
        }
        boolean aliased = arn.contains(":function:") && hasAlias(arn);
        yield aliased == arn.endsWith(LIVE) ? List.of(sample(arn)) : List.of();
      }
    };
  }

  /** A value with this place's names; what may be any is one of them. */
  String filled(String template) {
    return sample(pseudo(template));
  }

  /** Whether the function is called by its alias. */
  boolean hasAlias(String arn) {
    String alias = arn.endsWith(LIVE) ? arn : arn + LIVE;
    return stack.of(ALIAS).stream().anyMatch(resource -> resource.physical().equals(alias));
  }

  private String pseudo(String template) {
    return template
        .replace("${Name}", stack.name())
        .replace("${AWS::Partition}", function.partition())
        .replace("${AWS::Region}", function.region())
        .replace("${AWS::AccountId}", function.account())
        .replace(
            "${AWS::URLSuffix}", PartitionMetadata.of(Region.of(function.region())).dnsSuffix());
  }

  /** Secrets Manager ends the name in an ARN with a hyphen and six characters. */
  private List<String> secrets(String arn) {
    return (secrets.isEmpty() ? Set.of("any") : secrets)
        .stream().map(name -> arn.replace("*", name + "-AbCdEf")).sorted().toList();
  }

  private static List<String> given(String list) {
    return DeployedStack.members(list);
  }

  private static String sample(String arn) {
    return arn.contains(":log-group:")
        ? arn.replace(":*", ":log-stream:any")
        : arn.replace("*", "any");
  }
}
