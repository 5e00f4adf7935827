package io.sluice.aws;

import io.sluice.core.model.Secret;
import org.jspecify.annotations.Nullable;

/**
 * What requests are signed with. Immutable.
 *
 * @param sessionToken that of temporary credentials, {@code null} for lasting ones
 */
record AwsCredentials(String accessKeyId, Secret secretAccessKey, @Nullable Secret sessionToken) {}
