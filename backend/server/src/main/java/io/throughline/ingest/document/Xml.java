package io.throughline.ingest.document;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.ext.DefaultHandler2;

/// Reads XML with the JDK's own SAX parser into [XmlElement]s.
///
/// A DOCTYPE may stand there, because every JATS file has one, but nothing is fetched for it and any entity
/// declared in the file refuses it (S33): no article needs one, every expansion attack does. In the place of the DTD
/// stand the named characters of the public sets ([NamedEntities]), each one or two characters long. SAX rather than
/// StAX, because only SAX reports each declaration as it is read, before anything could expand.
final class Xml {

    private Xml() {}

    static XmlElement read(byte[] bytes, ParseBudget budget) {
        var entities = NamedEntities.of(bytes);
        var handler = new TreeBuilder(budget, entities.dtd());
        try {
            var factory = SAXParserFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            // Read, but only ever from the resolver below: it never opens anything.
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", true);
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", true);
            factory.setXIncludeAware(false);
            var parser = factory.newSAXParser();
            parser.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            parser.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            // One above ours, so that ours speaks first.
            parser.setProperty("jdk.xml.maxElementDepth", Integer.toString(budget.limits().depth() + 1));
            // A thousand no-break spaces are no attack: only our own entities expand, none into another, and the budget counts them.
            parser.setProperty("jdk.xml.entityExpansionLimit", Integer.toString(budget.limits().characters()));
            parser.setProperty("jdk.xml.totalEntitySizeLimit", Integer.toString(budget.limits().characters()));
            parser.setProperty("http://xml.org/sax/properties/lexical-handler", handler);
            parser.setProperty("http://xml.org/sax/properties/declaration-handler", handler);
            parser.parse(new InputSource(new ByteArrayInputStream(bytes)), handler);
        } catch (SAXException e) {
            if (e.getException() instanceof Refused refused) {
                throw refused;
            }
            if (e.getMessage() != null && e.getMessage().startsWith("JAXP0001")) {
                // The JDK's own limits: names, attributes, entity sizes.
                throw Refused.tooComplex("Its XML goes beyond a limit (%s).".formatted(firstSentence(e)));
            }
            throw Refused.broken("The XML in the file is not well-formed (%s).".formatted(firstSentence(e)));
        } catch (IOException e) {
            throw Refused.broken("The text of the file is not in the encoding it declares.");
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's XML parser lacks a security feature", e);
        }
        // In attributes the parser passes over them without a word.
        entities.unknown().stream().findFirst().ifPresent(it -> {
            throw NamedEntities.refused(it);
        });
        return handler.root();
    }

    private static String firstSentence(SAXException e) {
        var message = e.getMessage() == null ? "no reason given" : Whitespace.collapse(e.getMessage());
        return message.length() > 160 ? message.substring(0, 160) + "…" : message;
    }

    private static final class TreeBuilder extends DefaultHandler2 {

        private final ParseBudget budget;
        private final String dtd;
        private boolean inOurDtd;
        private final ArrayDeque<XmlElement> open = new ArrayDeque<>();
        private final StringBuilder text = new StringBuilder();
        private @Nullable XmlElement root;

        TreeBuilder(ParseBudget budget, String dtd) {
            this.budget = budget;
            this.dtd = dtd;
        }

        XmlElement root() {
            if (root == null) {
                throw Refused.broken("The file has no XML element.");
            }
            return root;
        }

        @Override
        public void startElement(String uri, String localName, String qName, Attributes given) {
            budget.spendElement(open.size() + 1);
            flushText();
            Map<String, String> attributes = HashMap.newHashMap(given.getLength());
            for (var i = 0; i < given.getLength(); i++) {
                attributes.putIfAbsent(given.getLocalName(i), given.getValue(i));
            }
            var element = new XmlElement(localName, attributes);
            if (open.isEmpty()) {
                root = element;
            } else {
                open.peek().add(element);
            }
            open.push(element);
        }

        @Override
        public void endElement(String uri, String localName, String qName) {
            flushText();
            open.pop();
        }

        @Override
        public void characters(char[] ch, int start, int length) {
            budget.spendCharacters(length);
            text.append(ch, start, length);
        }

        private void flushText() {
            if (!text.isEmpty() && !open.isEmpty()) {
                open.peek().add(text.toString());
            }
            text.setLength(0);
        }

        @Override
        public void startEntity(String name) {
            inOurDtd |= name.equals("[dtd]");
        }

        @Override
        public void endEntity(String name) {
            inOurDtd &= !name.equals("[dtd]");
        }

        @Override
        public void skippedEntity(String name) {
            throw NamedEntities.refused(name);
        }

        @Override
        public void internalEntityDecl(String name, String value) {
            if (!inOurDtd) {
                throw entityDeclared(name);
            }
        }

        @Override
        public void externalEntityDecl(String name, @Nullable String publicId, String systemId) {
            throw entityDeclared(name);
        }

        private static Refused entityDeclared(String name) {
            var shown = name.length() > 40 ? name.substring(0, 40) + "…" : name;
            return Refused.tooComplex(
                    "Its DOCTYPE declares the entity “%s”; entity declarations are never accepted.".formatted(shown));
        }

        /// Answers the DTD, the only outside reference a file can have here, with our own: no file and no address is ever opened.
        @Override
        public InputSource resolveEntity(
                @Nullable String name, @Nullable String publicId, @Nullable String baseUri, @Nullable String systemId) {
            return new InputSource(new StringReader(dtd));
        }

        @Override
        public void fatalError(org.xml.sax.SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
