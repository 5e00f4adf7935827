/** How answers look on the wire: JSON, raw text, server-sent events (contract 3.5, 3.6, 4.2). */
@org.jspecify.annotations.NullMarked
package io.sluice.router.answer;
