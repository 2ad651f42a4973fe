package io.throughline.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

@Tag("P11-1")
class CanonicalJsonTests {

    @ParameterizedTest(name = "{0} is written {1}")
    @CsvSource({ // RFC 8785, appendix B: the bits of a double and how ECMAScript writes it
        "0000000000000000, 0", "8000000000000000, 0", "0000000000000001, 5e-324", "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308", "ffefffffffffffff, -1.7976931348623157e+308",
        "4340000000000000, 9007199254740992", "c340000000000000, -9007199254740992", "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22", "44b52d02c7e14af6, 1e+23", "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000", "444b1ae4d6e2ef4f, 999999999999999900000", "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7", "3eb0c6f7a0b5ed8d, 0.000001", "41b3de4355555553, 333333333.3333332",
        "41b3de4355555554, 333333333.33333325", "41b3de4355555555, 333333333.3333333", "41b3de4355555556, 333333333.3333334",
        "41b3de4355555557, 333333333.33333343", "becbf647612f3696, -0.0000033333333333333333", "43143ff3c1cb0959, 1424953923781206.2"
    })
    void numbersAreWrittenAsEcmaScriptWritesThem(String bits, String written) {
        assertThat(CanonicalJson.number(Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16)))).isEqualTo(written);
    }

    @Test
    void matchesTheExampleOfTheStandard() {
        var value = Json.parse("""
                {"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                 "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                 "literals": [null, true, false]}
                """);
        assertThat(CanonicalJson.text(value)).isEqualTo("""
                {"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],\
                "string":"€$\\u000f\\nA'B\\"\\\\\\\\\\"/"}""");
    }

    @Test
    void namesAreSortedByUtf16CodeUnitsAtEveryDepth() {
        var value = Json.parse("""
                {"\\u20ac": 1, "\\r": 2, "\\ufb33": 3, "1": 4, "\\ud83d\\ude00": 5, "\\u0080": 6, "\\u00f6": {"b": 1, "a": 2}}
                """);
        assertThat(CanonicalJson.text(value))
                .isEqualTo("{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":{\"a\":2,\"b\":1},\"€\":1,\"😀\":5,\"\ufb33\":3}");
    }

    @Test
    void aNumberTooLongForADoubleIsRefusedRatherThanRounded() {
        assertThat(CanonicalJson.text(Json.parse("9007199254740992"))).isEqualTo("9007199254740992");
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.text(Json.parse("9007199254740993")));
        assertThat(CanonicalJson.text(Json.parse("1000000000000000000000000000000"))).isEqualTo("1e+30");
        var fine = JsonNodeFactory.instance.numberNode(new BigDecimal("0.1"));
        assertThat(CanonicalJson.text(fine)).isEqualTo("0.1");
        var tooLong = JsonNodeFactory.instance.numberNode(new BigDecimal("0.10000000000000000001"));
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.text(tooLong));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "\ude00", "a\ud83db"})
    void halfASurrogatePairIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.text(JsonNodeFactory.instance.stringNode(text)));
    }
}
