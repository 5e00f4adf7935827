/** The command {@code scripts/config}: an administrator's work on rows, in files and in tables. */
@org.jspecify.annotations.NullMarked
package io.sluice.configcli;
