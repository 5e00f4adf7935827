package io.sluice.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",
        "0.1.2.3",
        "169.254.169.254",
        "169.254.169.253",
        "169.254.170.2",
        "224.0.0.1",
        "255.255.255.255",
        "240.0.0.1",
        "::1",
        "::",
        "fe80::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "fd00:ec2::254"
      })
  void givenAnAddressOfThisMachineOrItsSandbox_whenTested_thenLocal(String address) {
    assertThat(LocalAddress.test(InetAddress.ofLiteral(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.0.0.7", "172.16.1.1", "192.168.0.9", "8.8.8.8", "fd12:3456::1", "2001:db8::1"})
  void givenAnAddressOfTheNetwork_whenTested_thenNotLocal(String address) {
    assertThat(LocalAddress.test(InetAddress.ofLiteral(address))).isFalse();
  }
}
