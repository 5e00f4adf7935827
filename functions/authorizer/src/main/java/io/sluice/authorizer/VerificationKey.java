package io.sluice.authorizer;

import java.security.interfaces.RSAPublicKey;
import org.jspecify.annotations.Nullable;

/**
 * A public key that tokens may be verified with.
 *
 * @param keyId its {@code kid}, {@code null} where its JWKS names none
 */
record VerificationKey(@Nullable String keyId, RSAPublicKey key) {}
