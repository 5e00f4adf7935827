/**
 * A GitLab double: what Rails, Workhorse and the language server of a self-managed GitLab 18.9 send
 * to the gateway and do with its answers, one small class a part of that client. It is given a base
 * URL and knows nothing of what answers there.
 */
@org.jspecify.annotations.NullMarked
package io.sluice.gitlab;
