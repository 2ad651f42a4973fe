package io.throughline.search;

import io.throughline.shared.Actor;
import io.throughline.shared.Allowed;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class MyWorkController {

    private final MyWork work;

    MyWorkController(MyWork work) {
        this.work = work;
    }

    @Allowed
    @GetMapping("/manage/v1/my-work")
    MyWork.Answer myWork(Actor actor) {
        return work.of(actor);
    }
}
