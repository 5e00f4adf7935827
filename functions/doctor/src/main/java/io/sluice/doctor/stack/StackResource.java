package io.sluice.doctor.stack;

/**
 * A resource of the stack or of one of its nested stacks.
 *
 * @param logical its name in the template
 * @param type such as {@code AWS::KMS::Key}
 * @param physical its id in the account
 */
record StackResource(String logical, String type, String physical) {}
