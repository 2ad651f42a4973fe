/**
 * Text analysis for scientific content, packaged as a stable Elasticsearch plugin.
 *
 * <p>The embedded Elasticsearch brings neither the english analyzer nor folding; this package gives the embedded and the
 * full server exactly the same terms, so a search finds the same items on both.
 */
package io.throughline.analysis;
