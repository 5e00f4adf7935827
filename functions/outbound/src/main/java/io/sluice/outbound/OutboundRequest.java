package io.sluice.outbound;

import io.sluice.core.http.Headers;
import io.sluice.core.time.Deadline;
import java.net.URI;

/**
 * A request to a server outside the process.
 *
 * @param method {@code GET} or {@code POST}
 * @param url absolute, http or https; judged by the endpoint policy when it is sent
 * @param headers without {@code Host}, {@code Content-Length} and {@code Connection}
 * @param body empty for none; callers must not change the array
 * @param headDeadline until when the response's head must have arrived, connecting included
 */
@SuppressWarnings("ArrayRecordComponent")
public record OutboundRequest(
    String method, URI url, Headers headers, byte[] body, Deadline headDeadline) {}
