package io.sluice.config.row;

import io.sluice.config.ContentLog;
import io.sluice.config.RoutePolicy;
import io.sluice.config.TimeLimits;
import io.sluice.config.WeightedModel;
import io.sluice.core.model.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The route policy of a feature row's fields, or of a scope row's {@code set}. */
final class PolicyMapping {

  private PolicyMapping() {}

  static RoutePolicy policy(Fields fields) throws MalformedRowException {
    Fields sampling = fields.object("sampling");
    Fields timeout = fields.object("timeout");
    List<String> regions = fields.texts("regions");
    List<String> providers = fields.texts("providers");
    return new RoutePolicy(
        targets(fields),
        fields.texts("fallbacks"),
        new Sampling(
            sampling.decimal("temperature"),
            sampling.decimal("top_p"),
            sampling.number("max_tokens"),
            List.of()),
        new TimeLimits(
            timeout.duration("first_event"), timeout.duration("idle"), timeout.duration("total")),
        contentLog(fields),
        regions == null ? null : RowMapping.setOf(regions),
        providers == null ? null : RowMapping.providers(fields, "providers", providers));
  }

  private static @Nullable List<WeightedModel> targets(Fields fields) throws MalformedRowException {
    List<Fields> items = fields.objects("targets");
    if (items == null) {
      return null;
    }
    List<WeightedModel> targets = new ArrayList<>(items.size());
    for (Fields item : items) {
      Integer weight = item.number("weight");
      targets.add(new WeightedModel(item.required("model"), Objects.requireNonNullElse(weight, 1)));
    }
    return targets;
  }

  private static @Nullable ContentLog contentLog(Fields fields) throws MalformedRowException {
    if (!fields.has("content_log")) {
      return null;
    }
    Fields log = fields.object("content_log");
    return new ContentLog(log.flag("enabled", false), log.date("until"));
  }
}
