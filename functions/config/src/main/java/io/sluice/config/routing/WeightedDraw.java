package io.sluice.config.routing;

import io.sluice.config.WeightedModel;
import io.sluice.core.identity.Caller;
import io.sluice.core.identity.Identity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Draws a target by weight from a hash of (instance, user, feature): the same user stays on the
 * same model, in every process and version of this code.
 */
final class WeightedDraw {

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private WeightedDraw() {}

  /** The target for this caller, one of at least one. */
  static WeightedModel draw(List<WeightedModel> targets, Caller caller, String feature) {
    long total = targets.stream().mapToLong(WeightedModel::weight).sum();
    long point = Long.remainderUnsigned(hash(caller, feature), total);
    for (WeightedModel target : targets) {
      point -= target.weight();
      if (point < 0) {
        return target;
      }
    }
    return targets.getLast();
  }

  private static long hash(Caller caller, String feature) {
    long hash = FNV_OFFSET;
    hash = add(hash, value(caller.instance()));
    hash = add(hash, value(caller.user()));
    hash = add(hash, feature);
    // FNV alone mixes the high bits of short texts badly: finish as MurmurHash3 does.
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }

  private static long add(long hash, String text) {
    long sum = hash;
    for (int i = 0; i < text.length(); i++) {
      sum = (sum ^ text.charAt(i)) * FNV_PRIME;
    }
    return (sum ^ 0x1f) * FNV_PRIME; // a separator, so that ("a","b") isn't ("ab","")
  }

  private static String value(@Nullable Identity identity) {
    return identity == null ? "" : identity.value();
  }
}
