package io.sluice.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the name of a model on Bedrock says about where it runs. Names are model ids ({@code
 * anthropic.claude-...}), cross-Region profiles ({@code eu.anthropic.claude-...}) and ARNs; in
 * GitLab's identifiers the way of asking or a Region may stand before them ({@code converse/...},
 * {@code us-east-1/...}).
 *
 * @param region the Region that it names, {@code null} for none
 * @param account the account that its ARN names, {@code null} for none or AWS's own
 * @param geography the geography that its profile spans, {@code null} for a model of one Region
 * @param known false for an ARN of something that no role may ask
 */
record BedrockName(
    @Nullable String region, @Nullable String account, @Nullable String geography, boolean known) {

  /** The kinds of resource that the roles name. */
  static final List<String> KINDS =
      List.of(
          "foundation-model",
          "imported-model",
          "custom-model",
          "custom-model-deployment",
          "provisioned-model",
          "inference-profile",
          "application-inference-profile");

  private static final String PROFILE = "inference-profile";

  static BedrockName of(String model) {
    int arn = model.startsWith("arn:") ? 0 : model.indexOf("/arn:") + 1;
    if (model.startsWith("arn:", arn)) {
      return ofArn(model.substring(arn));
    }
    String region = null;
    String[] parts = model.split("/", -1);
    for (String part : parts) {
      if (AwsFence.isRegion(part)) {
        region = part;
      }
    }
    return new BedrockName(region, null, geographyOf(parts[parts.length - 1]), true);
  }

  /** {@code arn:PARTITION:bedrock:REGION:ACCOUNT:KIND/NAME}. */
  private static BedrockName ofArn(String arn) {
    String[] parts = arn.split(":", 6);
    String resource = parts.length < 6 ? "" : parts[5];
    int slash = resource.indexOf('/');
    String kind = slash < 0 ? resource : resource.substring(0, slash);
    boolean known = slash >= 0 && parts[2].equals("bedrock") && KINDS.contains(kind);
    if (!known) {
      return new BedrockName(null, null, null, false);
    }
    String geography = kind.equals(PROFILE) ? geographyOf(resource.substring(slash + 1)) : null;
    return new BedrockName(
        parts[3].isEmpty() ? null : parts[3],
        parts[4].isEmpty() ? null : parts[4],
        geography,
        !kind.equals(PROFILE) || geography != null);
  }

  /**
   * The first part of a profile's id. A maker of models has a longer name, so that two letters are
   * a geography, known or not.
   */
  private static @Nullable String geographyOf(String id) {
    int dot = id.indexOf('.');
    String first = dot < 0 ? "" : id.substring(0, dot);
    return switch (first) {
      case "apac", "global", "us-gov" -> first;
      default -> first.length() == 2 ? first : null;
    };
  }
}
