package io.sluice.config;

import io.sluice.core.model.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The model that a request names (contract 7.1), as it was sent; blank members count as absent.
 *
 * @param provider GitLab's provider text; without effect but on echoes
 * @param name the family
 * @param endpoint the base URL
 * @param apiKey the key
 * @param identifier {@code provider/model}, or {@code sluice/ROW}
 */
public record RequestedModel(
    @Nullable String provider,
    @Nullable String name,
    @Nullable String endpoint,
    @Nullable Secret apiKey,
    @Nullable String identifier) {}
