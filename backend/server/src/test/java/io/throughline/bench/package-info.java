/// The benchmark: how fast delivery, publishing, import and the library's search are on this machine. Not a test; it is run by
/// `./mvnw -Pbench` and writes its figures into `README.md`.
package io.throughline.bench;
