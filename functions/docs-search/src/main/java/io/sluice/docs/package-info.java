/** Search in GitLab's documentation: words with stemming, passages, quoted terms (contract 6.2). */
@org.jspecify.annotations.NullMarked
package io.sluice.docs;
