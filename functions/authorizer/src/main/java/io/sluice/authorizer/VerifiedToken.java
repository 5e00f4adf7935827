package io.sluice.authorizer;

/**
 * A token whose signature and claims hold.
 *
 * @param key the key that verified it
 */
record VerifiedToken(TokenClaims claims, VerificationKey key) {}
