package io.throughline.demo;

import io.throughline.identity.DemoSignIns;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

@Component
@ConditionalOnProperty("demo")
class DemoSignInList implements DemoSignIns {

    @Override
    public List<DemoSignIn> list() {
        return DemoPeople.ALL.stream()
                .map(it -> new DemoSignIn(it.username(), DemoPeople.PASSWORD, it.displayName(), it.title(), it.hint()))
                .toList();
    }
}
