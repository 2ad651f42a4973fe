package io.throughline.strategy;

import io.throughline.shared.Allowed;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class EngagementModelController {

    record Models(List<EngagementModel> models) {}

    private final EngagementModels models;

    EngagementModelController(EngagementModels models) {
        this.models = models;
    }

    @Allowed
    @GetMapping("/manage/v1/engagement-models")
    Models list() {
        return new Models(models.list());
    }
}
