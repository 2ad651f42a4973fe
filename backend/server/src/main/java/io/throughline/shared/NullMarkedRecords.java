package io.throughline.shared;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/// Reads JSON into our records as their types say: a component that is not `@Nullable` must be there, a list that is not
/// there is empty. Without it a missing key would surface as a null far from the request that lacks it.
final class NullMarkedRecords extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        var component = component(member);
        if (component.isPresent() && !isNullable(component.get()) && !isContainer(component.get())) {
            return true;
        }
        return super.hasRequiredMarker(config, member);
    }

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
        var component = component(annotated);
        if (component.isPresent() && component.get().getType() != Optional.class) {
            if (isContainer(component.get())) {
                return JsonSetter.Value.construct(isNullable(component.get()) ? Nulls.DEFAULT : Nulls.AS_EMPTY, Nulls.FAIL);
            }
            if (!isNullable(component.get())) {
                return JsonSetter.Value.forValueNulls(Nulls.FAIL);
            }
        }
        return super.findSetterInfo(config, annotated);
    }

    private static Optional<RecordComponent> component(Annotated annotated) {
        if (!(annotated instanceof AnnotatedParameter parameter)) {
            return Optional.empty();
        }
        var type = parameter.getDeclaringClass();
        if (!type.isRecord() || !type.getPackageName().startsWith("io.throughline")) {
            return Optional.empty();
        }
        var components = type.getRecordComponents();
        boolean canonical = parameter.getOwner().getParameterCount() == components.length;
        return canonical ? Optional.of(components[parameter.getIndex()]) : Optional.empty();
    }

    private static boolean isNullable(RecordComponent component) {
        return Arrays.stream(component.getAnnotatedType().getAnnotations()).anyMatch(Nullable.class::isInstance);
    }

    private static boolean isContainer(RecordComponent component) {
        return Collection.class.isAssignableFrom(component.getType()) || Map.class.isAssignableFrom(component.getType())
                || component.getType() == Optional.class;
    }
}
