/** Duo Chat: the agent's tools, its steps, and what its answers say (contract 5). */
@org.jspecify.annotations.NullMarked
package io.sluice.router.chat;
