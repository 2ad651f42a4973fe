package io.throughline.content;

import java.util.regex.Pattern;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/// The allow-list of HTML that leaves the server. Everything else is dropped: images, styles, handlers, frames, forms.
final class SafeHtml {

    private static final Pattern OWN_CLASS = Pattern.compile("(?:claim|citation|footnote)(?: missing)?|footnotes");
    private static final Pattern ALIGNMENT = Pattern.compile("left|right|center");
    private static final Pattern ITEM_ID = Pattern.compile("itm_[0-9A-Za-z_-]{1,64}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final Pattern LINK = Pattern.compile("(?i)(?:https?://|mailto:)[^\\s]+|#ref-[0-9A-Za-z_-]{1,80}");

    private static final PolicyFactory POLICY = new HtmlPolicyBuilder()
            .allowElements("h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "blockquote", "pre", "code",
                    "ul", "ol", "li", "em", "strong", "del", "sub", "sup",
                    "table", "thead", "tbody", "tr", "th", "td", "a", "span")
            .allowWithoutAttributes("span")
            .allowAttributes("align").matching(ALIGNMENT).onElements("th", "td")
            .allowAttributes("start").matching(NUMBER).onElements("ol")
            .allowAttributes("class").matching(OWN_CLASS).onElements("span", "sup", "a", "ul")
            .allowAttributes("data-claim").matching(ITEM_ID).onElements("span")
            .allowAttributes("href").matching(LINK).onElements("a")
            .allowUrlProtocols("http", "https", "mailto")
            .toFactory();

    private SafeHtml() {}

    /// The same bytes for the same input on every node. (The sanitizer's own `requireRelsOnLinks` is not used: it writes the
    /// words in an order that differs from process to process, and hashes and entity tags are taken over this HTML.)
    static String sanitise(String html) {
        // in sanitised HTML every "<" of the text is escaped: "<a " is always a tag
        return POLICY.sanitize(html).replace("<a ", "<a rel=\"noopener noreferrer nofollow\" ");
    }

    /// The text itself, shown as it is written.
    static String literal(String text) {
        return "<pre>" + escape(text) + "</pre>";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
