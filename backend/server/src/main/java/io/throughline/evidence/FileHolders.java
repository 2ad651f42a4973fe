package io.throughline.evidence;

import java.util.List;

/// Which items hold a file: whoever may read one of them may read the file. A hash that somebody wrote into a document holds nothing, or
/// knowing a hash would be enough to read its file.
public interface FileHolders {

    /// Ids of the items that came with the file or were given it.
    List<String> listItemsWith(String sha256);
}
