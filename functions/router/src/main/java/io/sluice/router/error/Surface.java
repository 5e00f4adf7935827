package io.sluice.router.error;

/** Where a failure of the model shows: each has its own statuses ({@code docs/errors.md}). */
public enum Surface {
  /** {@code model_configuration/check}, GitLab's "Test connection". */
  CONNECTION_CHECK,
  /** The prompts API. */
  PROMPT,
  /** Code completion, generation and suggestions. */
  CODE,
  /** Duo Chat, whose stream tells of failures itself. */
  CHAT,
  /** Chat of older GitLab. */
  LEGACY_CHAT,
  /** Embeddings. */
  EMBEDDINGS
}
