package io.sluice.router.call;

import io.sluice.config.Route;
import io.sluice.core.exchange.Exchange;
import io.sluice.router.error.Surface;

/**
 * A request that is ready to be asked.
 *
 * @param exchange whose request it is
 * @param route whom to ask
 * @param surface what the request came by
 * @param stream whether text is wanted as it is made
 * @param logContent whether prompt and answer belong into the audit record
 * @param rendering what to ask each candidate
 */
public record CallPlan(
    Exchange exchange,
    Route route,
    Surface surface,
    boolean stream,
    boolean logContent,
    Rendering rendering) {}
