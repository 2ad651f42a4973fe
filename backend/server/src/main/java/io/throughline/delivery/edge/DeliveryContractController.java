package io.throughline.delivery.edge;

import io.throughline.shared.Json;
import io.throughline.shared.Open;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The contract as the server keeps it, for client generators.
@RestController
public class DeliveryContractController {

    private final byte[] contract;

    DeliveryContractController() {
        contract = read("delivery");
    }

    /// @param name of a document in `content-schema/api`
    public static byte[] read(String name) {
        try (var file = new ClassPathResource("content-schema/api/" + name + ".yaml").getInputStream()) {
            Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
            return Json.mapper().writeValueAsBytes(document);
        } catch (IOException e) {
            throw new UncheckedIOException("the description of the " + name + " API can't be read", e);
        }
    }

    @Open
    @GetMapping(path = "/v1/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] openapi() {
        return contract.clone();
    }
}
