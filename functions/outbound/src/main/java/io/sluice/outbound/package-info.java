/** HTTP to GitLab and to model servers, under the endpoint policy (design, decision 13). */
@org.jspecify.annotations.NullMarked
package io.sluice.outbound;
