package io.sluice.aws;

import io.sluice.outbound.OutboundResponse;
import java.io.IOException;

/**
 * Takes an answer of status 2xx, and closes it where it doesn't hand it on.
 *
 * @param <T> what it becomes
 */
@FunctionalInterface
interface Answer<T> {
  T read(OutboundResponse response) throws IOException;
}
