package io.throughline.content;

import com.vladsch.flexmark.parser.InlineParser;
import com.vladsch.flexmark.parser.InlineParserExtension;
import com.vladsch.flexmark.parser.InlineParserExtensionFactory;
import com.vladsch.flexmark.parser.LightInlineParser;
import com.vladsch.flexmark.util.ast.Node;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One of our own inline constructs, tried wherever the parser meets one of `characters`.
///
/// @param read the node that stands at the parser's place, or null where none does. The parser searches ahead for a pattern:
///             one that must stand at the place itself begins with `^`
record InlineExtension(String characters, Function<LightInlineParser, @Nullable Node> read) implements InlineParserExtensionFactory {

    @Override
    public CharSequence getCharacters() {
        return characters;
    }

    @Override
    public @Nullable Set<Class<?>> getAfterDependents() {
        return null;
    }

    @Override
    public @Nullable Set<Class<?>> getBeforeDependents() {
        return null;
    }

    @Override
    public boolean affectsGlobalScope() {
        return false;
    }

    @Override
    public InlineParserExtension apply(LightInlineParser inlineParser) {
        var reader = read;
        return new InlineParserExtension() {
            @Override
            public void finalizeDocument(InlineParser parser) {}

            @Override
            public void finalizeBlock(InlineParser parser) {}

            @Override
            public boolean parse(LightInlineParser parser) {
                var node = reader.apply(parser);
                if (node == null) {
                    return false;
                }
                parser.flushTextNode();
                parser.appendNode(node);
                return true;
            }
        };
    }
}
