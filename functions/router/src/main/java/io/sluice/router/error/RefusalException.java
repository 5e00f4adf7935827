package io.sluice.router.error;

import io.sluice.core.http.HttpResponse;
import io.sluice.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that gets an error as its answer. Carries no stack trace: it is no accident. */
public final class RefusalException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final ErrorCode code;
  private final String detail;
  private final String recorded;
  private final @Nullable Long retryAfterSeconds;

  /**
   * @param status the answer's status
   * @param code for records
   * @param detail for the caller and for records; no secret, no value of a body
   */
  public RefusalException(int status, ErrorCode code, String detail) {
    this(status, code, detail, detail, null);
  }

  /**
   * @param recorded for records, where {@code detail} repeats what the caller wrote, or doesn't say
   *     what only an administrator should read
   */
  public RefusalException(int status, ErrorCode code, String detail, String recorded) {
    this(status, code, detail, recorded, null);
  }

  RefusalException(int status, ErrorCode code, String detail, @Nullable Long retryAfterSeconds) {
    this(status, code, detail, detail, retryAfterSeconds);
  }

  private RefusalException(
      int status,
      ErrorCode code,
      String detail,
      String recorded,
      @Nullable Long retryAfterSeconds) {
    super(detail, null, false, false);
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.recorded = recorded;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** A missing scope (contract 2.6). */
  public static RefusalException forbidden(String detail) {
    return new RefusalException(403, ErrorCode.FORBIDDEN, detail);
  }

  public int status() {
    return status;
  }

  public ErrorCode code() {
    return code;
  }

  public String detail() {
    return detail;
  }

  /** What records say of it: nothing that a body holds. */
  public String recorded() {
    return recorded;
  }

  /**
   * The answer.
   *
   * @param asList whether errors of ours are told as {@code [{"msg": ...}]}, which GitLab's "Test
   *     connection" can show (gitlab-client 5.3); a model's are always text
   */
  public HttpResponse response(boolean asList) {
    boolean list = asList && status != 421;
    Object told = list ? List.of(Map.of("msg", detail)) : detail;
    HttpResponse response =
        HttpResponse.json(status, JsonObject.builder().put("detail", told).build());
    return retryAfterSeconds == null
        ? response
        : response.with("Retry-After", retryAfterSeconds.toString());
  }
}
