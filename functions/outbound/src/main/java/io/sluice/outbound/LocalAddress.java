package io.sluice.outbound;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Tells the addresses that lead back into this machine or its sandbox, which a name of the network
 * must never resolve to: loopback, link-local (with the metadata service and the VPC resolver),
 * multicast and the like. Private addresses are none of these: that is where models live.
 */
final class LocalAddress {

  private LocalAddress() {}

  static boolean test(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isMulticastAddress()
        || (address instanceof Inet6Address ? special6(bytes) : special4(bytes));
  }

  /** "This network" 0/8 and reserved or broadcast 240/4. */
  private static boolean special4(byte[] bytes) {
    return bytes[0] == 0 || (bytes[0] & 0xf0) == 0xf0;
  }

  /**
   * Addresses that carry an IPv4 address (mapped, compatible, NAT64, 6to4: they would sidestep the
   * check), and AWS's own services at fd00:ec2::/32, the metadata service among them.
   */
  private static boolean special6(byte[] bytes) {
    return prefix(bytes, 0, 0, 0, 0, 0, 0, 0, 0)
        || prefix(bytes, 0x00, 0x64, 0xff, 0x9b)
        || prefix(bytes, 0x20, 0x02)
        || prefix(bytes, 0xfd, 0x00, 0x0e, 0xc2);
  }

  private static boolean prefix(byte[] bytes, int... prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if ((bytes[i] & 0xff) != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
