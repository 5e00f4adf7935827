package io.sluice.doctor.gateway;

import io.sluice.doctor.Check;
import io.sluice.doctor.report.Diagnosis;
import io.sluice.doctor.report.Ledger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** Whether the gateway's name leads to a private address. Immutable. */
public final class NameCheck implements Check {

  private final String host;
  private final boolean loopbackIsFine;
  private final Lookup lookup;

  /** Finds addresses. */
  @FunctionalInterface
  public interface Lookup {

    /** All addresses of the name. */
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  /**
   * Checks that name.
   *
   * @param loopbackIsFine whether GitLab runs on this machine, too
   */
  public NameCheck(String host, boolean loopbackIsFine) {
    this(host, loopbackIsFine, InetAddress::getAllByName);
  }

  NameCheck(String host, boolean loopbackIsFine, Lookup lookup) {
    this.host = host;
    this.loopbackIsFine = loopbackIsFine;
    this.lookup = lookup;
  }

  @Override
  public String title() {
    return "DNS";
  }

  @Override
  public void examine(Ledger ledger) {
    InetAddress[] found;
    try {
      found = lookup.addresses(host);
    } catch (UnknownHostException e) {
      ledger.finding(Diagnosis.NAME_UNKNOWN, host);
      return;
    }
    List<String> texts = Arrays.stream(found).map(InetAddress::getHostAddress).toList();
    String all = host + " -> " + String.join(", ", texts);
    if (Arrays.stream(found).anyMatch(InetAddress::isLoopbackAddress)) {
      if (loopbackIsFine) {
        ledger.healthy(all);
      } else {
        ledger.finding(Diagnosis.NAME_LOOPBACK, all);
      }
    } else if (!Arrays.stream(found).allMatch(NameCheck::isPrivate)) {
      ledger.finding(Diagnosis.NAME_PUBLIC, all);
    } else {
      ledger.healthy(all);
    }
  }

  /** RFC 1918, the shared range of RFC 6598 (which VPCs may use), and unique local IPv6. */
  private static boolean isPrivate(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet6Address) {
      return (bytes[0] & 0xfe) == 0xfc;
    }
    boolean shared = (bytes[0] & 0xff) == 100 && (bytes[1] & 0xc0) == 64;
    return address.isSiteLocalAddress() || shared;
  }
}
