package io.throughline.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.testing.IntegrationTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@IntegrationTest
@ExtendWith(OutputCaptureExtension.class)
class DriftJobTests {

    @Autowired CatalogueIndexer catalogue;
    @Autowired Indexing indexing;
    @Autowired Indices indices;

    @Test
    void anIndexThatIsStillToBeBuiltIsNoDriftAndNoNews(CapturedOutput output) throws Exception {
        for (int i = 0; i < 400 && indices.behind(CatalogueIndexer.NAME) == null; i++) {
            Thread.sleep(25);
        }
        indexing.stop();
        try {
            indices.send("DELETE", "/" + indices.behind(CatalogueIndexer.NAME), null);
            var before = output.getAll().length();
            DriftJob.check(catalogue);
            assertThat(output.getAll().substring(before)).doesNotContain("DriftJob", "index_not_found", "compared");
        } finally {
            indexing.start();
        }
    }
}
