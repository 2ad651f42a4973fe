package io.throughline.catalogue;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Publications whose stored document is not the one that was published: its SHA-256 is another one. On this node they are as if they
/// were not there, on every way out, until the server is started again over a document that is whole; publishing the item again makes
/// another publication.
@Component
public class AlteredDocuments {

    private static final Logger log = LoggerFactory.getLogger(AlteredDocuments.class);

    /// An answer finds those that it would have shown at once; only a set that is filled again may come to others.
    private static final int TRIES = 100;

    /// Some of what was to be shown has just been found to be altered. Ask again: it is left out then.
    public static final class Found extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Found(Collection<String> publicationIds) {
            super("the documents of " + publicationIds + " are not what was published", null, false, false);
        }
    }

    private volatile Set<String> ids = Set.of();

    /// Of publications. Mostly empty.
    public Set<String> ids() {
        return ids;
    }

    public boolean contains(String publicationId) {
        return ids.contains(publicationId);
    }

    public List<Candidate> without(List<Candidate> candidates) {
        var altered = ids;
        return altered.isEmpty() ? candidates : candidates.stream().filter(candidate -> !altered.contains(candidate.publicationId())).toList();
    }

    public synchronized void add(String publicationId, String expected, String found) {
        if (!ids.contains(publicationId)) {
            var more = new HashSet<>(ids);
            more.add(publicationId);
            ids = Set.copyOf(more);
            log.error("ALARM: the document of the publication {} was altered in the database: its SHA-256 is {}, published was {}. It is not served any "
                    + "more. Run the verification of records, restore the row from a backup and start this server again, or publish the item again.",
                    publicationId, found, expected);
        }
    }

    /// An answer that leaves out what is found to be altered while it is made.
    public <T> T leavingOut(Supplier<T> answer) {
        for (int tries = 1; ; tries++) {
            try {
                return answer.get();
            } catch (Found again) {
                if (tries == TRIES) {
                    throw again;
                }
            }
        }
    }
}
