package io.sluice.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":[1,-2.5e3,true,false,null,\"x\"],\"b\":{\"c\":{}}}",
        "\"text\"",
        "[]",
        "12345678901234567890.123"
      })
  void givenADocument_whenReadAndWritten_thenItIsTheSame(String document) throws Exception {
    assertThat(Json.text(Json.read(document))).isEqualTo(document);
    assertThat(Json.write(Json.read(document.getBytes(StandardCharsets.UTF_8))))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(document);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{\"a\":1,\"a\":2}",
        "{\"o\":{\"a\":1,\"a\":2}}",
        "{\"a\":1}{}",
        "[1,]",
        "{'a':1}",
        "NaN",
        "[01]",
        "\"\u0001\"",
        "// comment\n1"
      })
  void givenNoAcceptableDocument_whenRead_thenItIsRefused(String document) {
    assertThatThrownBy(() -> Json.read(document)).isInstanceOf(JsonSyntaxException.class);
  }

  @Test
  void givenASecretInABrokenDocument_whenRead_thenTheMessageDoesNotShowIt() {
    assertThatThrownBy(() -> Json.read("{\"key\":sk-secret}"))
        .isInstanceOf(JsonSyntaxException.class)
        .message()
        .doesNotContain("secret")
        .contains("line 1");
  }

  @Test
  void givenBytesThatAreNotUtf8_whenRead_thenTheyAreRefused() {
    assertThatThrownBy(() -> Json.read(new byte[] {'"', (byte) 0xff, '"'}))
        .hasMessageContaining("UTF-8");
    assertThatThrownBy(
            () -> Json.read(new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'}))
        .hasMessageContaining("UTF-8");
  }

  @Test
  void givenAReplacementCharacterInTheText_whenRead_thenItIsKept() throws Exception {
    assertThat(Json.read("\"a\uFFFDb\"".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new JsonString("a\uFFFDb"));
  }

  @Test
  void given64Levels_whenRead_thenAccepted_andOneMoreIsRefused() throws Exception {
    String deepest = "[".repeat(Json.MAX_DEPTH) + "]".repeat(Json.MAX_DEPTH);
    assertThat(Json.read(deepest)).isInstanceOf(JsonArray.class);
    assertThatThrownBy(() -> Json.read("[" + deepest + "]"))
        .isInstanceOf(JsonSyntaxException.class);
  }

  @Test
  void givenALoneSurrogate_whenWritten_thenItBecomesTheReplacementCharacter() throws Exception {
    JsonValue value = Json.read("\"a\\ud800b\"");
    assertThat(new String(Json.write(value), StandardCharsets.UTF_8)).isEqualTo("\"a\uFFFDb\"");
    assertThat(Json.text(new JsonString("\uD83D\uDE00"))).isEqualTo("\"\uD83D\uDE00\"");
  }

  @Test
  void givenControlAndLineCharacters_whenWrittenAsALine_thenTheyAreEscaped() {
    assertThat(Json.asciiLine(new JsonString("a\n\r\t\u0000\u001b\u007f\u2028é")))
        .matches("[\\x20-\\x7e]*")
        .contains("\\n")
        .contains("\\u007F".toLowerCase(java.util.Locale.ROOT))
        .contains("\\u2028");
  }

  @Test
  void givenJavaValues_whenMadeJson_thenEachHasItsForm() {
    JsonObject object =
        JsonObject.builder()
            .put("text", "x")
            .put("number", 3)
            .put("flag", true)
            .put("list", List.of("a", 1))
            .put("none", null)
            .putPresent("absent", null)
            .build();
    assertThat(Json.text(object))
        .isEqualTo("{\"text\":\"x\",\"number\":3,\"flag\":true,\"list\":[\"a\",1],\"none\":null}");
    assertThat(object.text("text")).isEqualTo("x");
    assertThat(object.number("number")).isEqualTo(3);
    assertThat(object.decimal("number")).isEqualTo(3.0);
    assertThat(object.flag("flag")).isTrue();
    assertThat(object.array("list")).hasSize(2);
    assertThat(object.get("none")).isEqualTo(JsonNull.NULL);
    assertThat(object.text("number")).isNull();
    assertThat(object.text("number", "otherwise")).isEqualTo("otherwise");
    assertThat(object.number("text")).isNull();
    assertThat(object.object("list")).isNull();
  }

  @Test
  void givenNumbersThatJsonLacks_whenMadeJson_thenTheyAreRefused() {
    assertThatThrownBy(() -> JsonValue.of(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> JsonValue.of(new Object()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givenAFraction_whenAskedForALong_thenItIsNone() {
    assertThat(new JsonNumber("1.0").isLong()).isFalse();
    assertThat(new JsonNumber("99999999999999999999").isLong()).isFalse();
    assertThat(new JsonNumber("-7").longValue()).isEqualTo(-7);
    assertThat(new JsonNumber("0.5").decimalValue()).isEqualByComparingTo("0.5");
  }

  @Test
  void givenAStrangersDocument_whenItHasMoreTokensThanTheLimit_thenItIsRefused() throws Exception {
    int most = Json.MAX_TOKENS - 2; // beside the array's own brackets
    byte[] fits = ("[1" + ",1".repeat(most - 1) + "]").getBytes(StandardCharsets.UTF_8);
    assertThat(((JsonArray) Json.readLimited(fits)).size()).isEqualTo(most);
    byte[] brackets = ("[{}" + ",{}".repeat(most / 2) + "]").getBytes(StandardCharsets.UTF_8);
    assertThat(((JsonArray) Json.read(brackets)).size()).isEqualTo(most / 2 + 1);
    assertThatThrownBy(() -> Json.readLimited(brackets))
        .isInstanceOf(JsonSyntaxException.class)
        .hasMessageContaining("tokens");
  }
}
