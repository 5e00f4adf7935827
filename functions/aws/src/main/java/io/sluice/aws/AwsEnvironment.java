package io.sluice.aws;

import io.sluice.core.model.Secret;
import io.sluice.outbound.TrustedAuthorities;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Region, credentials and endpoints, from the variables that Lambda and the SDKs know: {@code
 * AWS_REGION}, {@code AWS_ACCESS_KEY_ID}, {@code AWS_SECRET_ACCESS_KEY}, {@code AWS_SESSION_TOKEN},
 * {@code AWS_ENDPOINT_URL_<SERVICE>}, {@code AWS_ENDPOINT_URL} and {@code AWS_CA_BUNDLE}. A sandbox
 * of an OS-only runtime has its credentials there for its whole life. Immutable.
 */
public final class AwsEnvironment {

  private static final String ENDPOINT_URL = "AWS_ENDPOINT_URL";
  private static final String CA_BUNDLE = "AWS_CA_BUNDLE";
  private static final Pattern REGION = Pattern.compile("[a-z]{2,5}(-[a-z0-9]+)+");

  /** How a partition's Regions begin and its DNS suffix, from the SDK's partitions.json. */
  private static final List<String> PARTITIONS =
      List.of(
          "cn-", "amazonaws.com.cn",
          "eusc-", "amazonaws.eu",
          "us-iso-", "c2s.ic.gov",
          "us-isob-", "sc2s.sgov.gov",
          "us-isof-", "csp.hci.ic.gov",
          "eu-isoe-", "cloud.adc-e.uk");

  private final Map<String, String> variables;
  private final String region;
  private final AwsCredentials credentials;
  private final TrustedAuthorities authorities;

  private AwsEnvironment(
      Map<String, String> variables,
      String region,
      AwsCredentials credentials,
      TrustedAuthorities authorities) {
    this.variables = variables;
    this.region = region;
    this.credentials = credentials;
    this.authorities = authorities;
  }

  /**
   * The environment of these variables.
   *
   * @throws IllegalArgumentException if region or credentials are missing or a bundle is not
   *     usable; the message names the variable
   */
  public static AwsEnvironment of(Map<String, String> variables) {
    String region = required(variables, "AWS_REGION");
    if (!REGION.matcher(region).matches()) {
      throw new IllegalArgumentException(
          "AWS_REGION must be a Region's name, such as eu-central-1");
    }
    String token = variables.getOrDefault("AWS_SESSION_TOKEN", "");
    AwsCredentials credentials =
        new AwsCredentials(
            required(variables, "AWS_ACCESS_KEY_ID"),
            new Secret(required(variables, "AWS_SECRET_ACCESS_KEY")),
            token.isEmpty() ? null : new Secret(token));
    return new AwsEnvironment(variables, region, credentials, authorities(variables));
  }

  /**
   * Services' certificates are of Amazon's own authorities (ADR 018): the platform's others need
   * not be read.
   */
  private static TrustedAuthorities authorities(Map<String, String> variables) {
    String file = variables.getOrDefault(CA_BUNDLE, "");
    if (file.isEmpty()) {
      return TrustedAuthorities.platformAnd(AmazonRoots::open);
    }
    try {
      return TrustedAuthorities.platformAnd(Path.of(file));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(CA_BUNDLE + ": " + e.getMessage(), e);
    }
  }

  private static String required(Map<String, String> variables, String name) {
    String value = variables.getOrDefault(name, "");
    if (value.isBlank()) {
      throw new IllegalArgumentException("The environment variable " + name + " is missing");
    }
    return value;
  }

  /** The function's own Region. */
  public String region() {
    return region;
  }

  /**
   * Where the service is called: as {@code AWS_ENDPOINT_URL_<SERVICE>} or {@code AWS_ENDPOINT_URL}
   * says, else its endpoint in the Region. No slash at the end.
   */
  public String endpoint(AwsApi service) {
    String set = variables.getOrDefault(service.endpointVariable(), "");
    if (set.isEmpty()) {
      set = variables.getOrDefault(ENDPOINT_URL, "");
    }
    if (set.isEmpty()) {
      set = "https://" + service.endpointPrefix() + "." + region + "." + dnsSuffix();
    }
    return set.endsWith("/") ? set.substring(0, set.length() - 1) : set;
  }

  /** The DNS suffix of the Region's partition. */
  private String dnsSuffix() {
    for (int i = 0; i < PARTITIONS.size(); i += 2) {
      if (region.startsWith(PARTITIONS.get(i))) {
        return PARTITIONS.get(i + 1);
      }
    }
    return "amazonaws.com";
  }

  AwsCredentials credentials() {
    return credentials;
  }

  TrustedAuthorities authorities() {
    return authorities;
  }
}
