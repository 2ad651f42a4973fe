/// The server as several processes, one of which may die at any moment: harness and tests.
package io.throughline.cluster;
