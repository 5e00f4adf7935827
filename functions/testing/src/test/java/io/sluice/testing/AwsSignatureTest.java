package io.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The example of AWS's documentation ("Create a signed AWS API request"), and changes of it. */
class AwsSignatureTest {

  private static final AwsSignature CHECK =
      new AwsSignature("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "", "us-east-1");
  private static final Instant THEN = Instant.parse("2015-08-30T12:36:00Z");
  private static final String AUTHORIZATION =
      "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request,"
          + " SignedHeaders=content-type;host;x-amz-date,"
          + " Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7";

  private static WireConnection.Request request(String header, String value) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("authorization", AUTHORIZATION);
    headers.put("content-type", "application/x-www-form-urlencoded; charset=utf-8");
    headers.put("host", "iam.amazonaws.com");
    headers.put("x-amz-date", "20150830T123600Z");
    headers.put(header, value);
    return new WireConnection.Request(
        "GET", "/?Action=ListUsers&Version=2010-05-08", headers, new byte[0]);
  }

  @Test
  void givenAwsExample_whenChecked_thenItIsRight() {
    assertThat(CHECK.refusal(request("accept", "*/*"), "iam", THEN)).isNull();
  }

  @Test
  void givenAChange_whenChecked_thenItIsNamed() {
    assertThat(CHECK.refusal(request("host", "other"), "iam", THEN)).contains("canonically");
    assertThat(CHECK.refusal(request("x-amz-target", "T.Op"), "iam", THEN))
        .contains("x-amz-target is not signed");
    assertThat(CHECK.refusal(request("x-amz-date", "20150830"), "iam", THEN)).contains("not like");
    assertThat(CHECK.refusal(request("authorization", "Bearer x"), "iam", THEN))
        .contains("Authorization");
    String unsorted = AUTHORIZATION.replace("content-type;host", "host;content-type");
    assertThat(CHECK.refusal(request("authorization", unsorted), "iam", THEN)).contains("sorted");
  }
}
