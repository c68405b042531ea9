package pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import model.ObjectKey;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.LanguageSupport;
import portal.Address;
import portal.Identity;
import portal.Row;
import store.StoreHeaders;

/**
 * What a portal sends becomes a key and an address, which Camel 4.18.0 would evaluate if they held
 * an expression (CVE-2026-95664) or a placeholder (CVE-2026-78164). It never finds one.
 */
class NoExpressionsPropertiesTest {
  private static final URI PAGE = URI.create("http://portal.test/list/p");
  private static final String SHA = "ab".repeat(32);
  private static final DefaultCamelContext CAMEL = new DefaultCamelContext();

  @Provide
  Arbitrary<String> hostile() {
    Arbitrary<String> part =
        Arbitraries.oneOf(
            Arbitraries.of("${", "$simple{", "{{", "}}", "}", "$", "{", "simple{", "%7B", "%7b%7b"),
            Arbitraries.of("sys:user.home", "env:HOME", "body", "exchangeId", "?", "\\", "$$"),
            Arbitraries.of("http://portal.test/", "/", "..", "#", ":", "@", "&", "=", " "),
            Arbitraries.strings().ofMaxLength(5),
            Arbitraries.strings().alpha().ofMaxLength(20));
    return part.list().ofMaxSize(8).map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<String> expressions() {
    return Combinators.combine(hostile(), Arbitraries.of("${", "$simple{"), hostile(), hostile())
        .as((before, opening, within, after) -> before + opening + within + "}" + after);
  }

  @Property(tries = 2000)
  void noIdOfADialectLeadsToAKeyWithAnExpression(@ForAll("hostile") String id) {
    Row row = new Row(1, id, "http://portal.test/a.pdf", null, Map.of());
    Assume.that(!row.id().isEmpty());

    Object key =
        StoreHeaders.document(new ObjectKey("judgments/", row.id()), 1, SHA, row.facts())
            .get(AWS2S3Constants.KEY);

    assertThat(key).asString().matches("judgments/[\\x21-\\x7E]+").doesNotContain("{", "..");
    assertThat(LanguageSupport.hasSimpleFunction((String) key)).isFalse();
    assertThat(new Row(1, row.id(), row.url(), null, Map.of()))
        .as("read from its manifest it is the same document")
        .isEqualTo(row);
  }

  @Property(tries = 2000)
  void anExpressionCannotBecomeAKey(@ForAll("expressions") String id) {
    Assume.that(LanguageSupport.hasSimpleFunction(id));

    assertThatThrownBy(() -> new ObjectKey("judgments/", id))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property(tries = 2000)
  void noAddressOfADialectContainsAPlaceholder(@ForAll("hostile") String text) {
    URI uri = uri(text);
    Assume.that(uri != null);

    assertThat(uri.toString()).doesNotContain("{");
    assertThat(CAMEL.resolvePropertyPlaceholders(uri.toString())).isEqualTo(uri.toString());
  }

  /** Null when it is no address: a request is made of a URI alone. */
  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  @Property(tries = 2000)
  void noLinkOfAPortalBecomesAnAddressOrAKeyWithBraces(@ForAll("hostile") String href) {
    Address.of(PAGE, href, new Identity(PAGE, List.of(), 900))
        .ifPresent(
            address -> {
              assertThat(address.uri().toString()).doesNotContain("{", "}");
              assertThat(ObjectKey.plain(address.id())).isEqualTo(address.id());
            });
  }
}
