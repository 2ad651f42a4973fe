package io.throughline.shared;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Where the code says which [Step] it has come to. Without a [StepListener] that is a look at a null.
@Component
public class Steps {

    private final @Nullable StepListener listener;

    Steps(ObjectProvider<StepListener> listener) {
        this.listener = listener.getIfAvailable();
    }

    public void reached(Step step) {
        if (listener != null) {
            listener.reached(step);
        }
    }
}
