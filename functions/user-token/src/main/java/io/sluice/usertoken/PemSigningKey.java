package io.sluice.usertoken;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;

/**
 * A signing key in a file: PKCS#8 in PEM, RSA of 2,048 bits or more. For the local host; on AWS the
 * key never leaves KMS. Immutable.
 */
public final class PemSigningKey implements TokenSigner {

  private static final int MIN_BITS = 2048;
  private static final int MAX_BITS = 8192;
  private static final BigInteger MIN_EXPONENT = BigInteger.valueOf(65_537);
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  private final PrivateKey privateKey;
  private final RSAPublicKey publicKey;

  private PemSigningKey(PrivateKey privateKey, RSAPublicKey publicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /**
   * The key of that file.
   *
   * @throws IOException if it can't be read or holds no such key; the message names the file and
   *     none of its content
   */
  public static PemSigningKey load(Path file) throws IOException {
    try {
      return parse(Files.readString(file, StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException
        | IllegalArgumentException
        | java.nio.charset.CharacterCodingException e) {
      // The cause is left out: it may quote the file.
      throw new IOException(
          file
              + " is no signing key: it must hold an unencrypted RSA private key of 2048 to 8192"
              + " bits as PKCS#8 PEM (BEGIN PRIVATE KEY); make one with: openssl genpkey -algorithm"
              + " RSA -pkeyopt rsa_keygen_bits:2048");
    }
  }

  /**
   * The key of that file; where there is no such file, a new key that is kept there, readable by
   * the owner alone. When several processes start at once, all take the same key.
   *
   * @throws IOException as for {@link #load}, or if a new key can't be kept
   */
  public static PemSigningKey loadOrCreate(Path file) throws IOException {
    if (Files.notExists(file)) {
      create(file);
    }
    return load(file);
  }

  /** The public half, which verifies what this key signs. */
  public RSAPublicKey publicKey() {
    return publicKey;
  }

  @Override
  public byte[] sign(byte[] input) throws IOException {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(privateKey);
      signature.update(input);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IOException("the signing key can't sign", e);
    }
  }

  /** Names nothing of the key. */
  @Override
  public String toString() {
    return "RSA key of " + publicKey.getModulus().bitLength() + " bits";
  }

  private static PemSigningKey parse(String pem) throws GeneralSecurityException {
    int from = pem.indexOf(BEGIN);
    int to = pem.indexOf(END, Math.max(from, 0));
    if (from < 0 || to < 0) {
      throw new IllegalArgumentException("no PEM");
    }
    byte[] der = Base64.getMimeDecoder().decode(pem.substring(from + BEGIN.length(), to));
    KeyFactory rsa = KeyFactory.getInstance("RSA");
    if (!(rsa.generatePrivate(new PKCS8EncodedKeySpec(der)) instanceof RSAPrivateCrtKey key)
        || key.getModulus().bitLength() < MIN_BITS
        || key.getModulus().bitLength() > MAX_BITS
        || key.getPublicExponent().compareTo(MIN_EXPONENT) < 0) {
      throw new IllegalArgumentException("not acceptable");
    }
    RSAPublicKey publicKey =
        (RSAPublicKey)
            rsa.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
    return new PemSigningKey(key, publicKey);
  }

  /** Writes a new key beside the file and links it into place, so that nobody sees half of one. */
  private static void create(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IOException(file + " is no file name for a signing key");
    }
    Files.createDirectories(directory);
    Path fresh = Files.createTempFile(directory, "signing-key-", ".tmp"); // mode 600 on POSIX
    try {
      Files.writeString(fresh, generate(), StandardCharsets.US_ASCII);
      Files.createLink(file, fresh);
    } catch (FileAlreadyExistsException e) {
      // Another process was first: its key is the one.
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static String generate() throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(MIN_BITS);
      byte[] der = generator.generateKeyPair().getPrivate().getEncoded();
      Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
      return BEGIN + "\n" + lines.encodeToString(der) + "\n" + END + "\n";
    } catch (GeneralSecurityException e) {
      throw new IOException("this Java can't make RSA keys", e);
    }
  }
}
