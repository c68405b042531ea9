package harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is in the jar, and what must not be. */
class JarIT {
  private static final Path JAR = Path.of(System.getProperty("harvester.jar"));

  private static ZipFile jar;

  @BeforeAll
  static void open() throws IOException {
    jar = new ZipFile(JAR.toFile());
  }

  @AfterAll
  static void close() throws IOException {
    jar.close();
  }

  @Test
  void isNotLargerThan52Megabytes() throws IOException {
    assertThat(Files.size(JAR)).isLessThanOrEqualTo(52_000_000);
  }

  @Test
  void isUnderTheProjectsOwnLicense() throws IOException {
    assertThat(text("LICENSE")).isEqualTo(Files.readString(Path.of("LICENSE")));
    assertThat(names()).doesNotContain("META-INF/LICENSE", "META-INF/LICENSE.txt");
  }

  @Test
  void keepsTheLicensesAndNoticesOfWhatItContains() throws IOException {
    assertThat(names())
        .contains(
            "META-INF/licenses/args4j-jar/LICENSE",
            "META-INF/licenses/camel-main-jar/META-INF/LICENSE.txt",
            "META-INF/licenses/jna-jar/META-INF/LGPL2.1",
            "META-INF/licenses/jsoup-jar/META-INF/jsoup/LICENSE",
            "META-INF/licenses/sqlite-jdbc-jar/META-INF/maven/org.xerial/sqlite-jdbc/LICENSE");
    assertThat(text("META-INF/NOTICE")).contains("Apache Camel", "AWS SDK for Java");
    assertThat(text("META-INF/THIRD-PARTY.txt"))
        .contains("org.jsoup:jsoup", "(MIT License)", "io.netty:netty-handler")
        .doesNotContain("org.assertj");
  }

  @Test
  void saysInAnSbomWhatItContainsTheSameWithEveryBuild() throws IOException {
    assumeFalse("offline true".equals(System.getProperty("maven.mode")), "mvn -o makes no SBOM");
    JsonNode bom = JsonMapper.builder().build().readTree(text("META-INF/sbom/bom.json"));
    assertThat(bom.path("components").findValuesAsText("purl"))
        .anyMatch(purl -> purl.startsWith("pkg:maven/org.apache.camel/camel-main@"))
        .noneMatch(purl -> purl.startsWith("pkg:maven/org.assertj/"));
    assertThat(bom.has("serialNumber")).isFalse();
    assertThat(bom.path("metadata").has("timestamp")).isFalse();
  }

  @Test
  void hasNativeCodeOfTheSystemsItRunsOn() {
    assertThat(names().filter(name -> name.matches(".*\\.(so|dll|dylib|jnilib|a)")))
        .containsExactlyInAnyOrder(
            "com/sun/jna/darwin-aarch64/libjnidispatch.jnilib",
            "com/sun/jna/darwin-x86-64/libjnidispatch.jnilib",
            "com/sun/jna/linux-aarch64/libjnidispatch.so",
            "com/sun/jna/linux-x86-64/libjnidispatch.so",
            "com/sun/jna/win32-aarch64/jnidispatch.dll",
            "com/sun/jna/win32-x86-64/jnidispatch.dll",
            "org/sqlite/native/Linux-Musl/aarch64/libsqlitejdbc.so",
            "org/sqlite/native/Linux-Musl/x86_64/libsqlitejdbc.so",
            "org/sqlite/native/Linux/aarch64/libsqlitejdbc.so",
            "org/sqlite/native/Linux/x86_64/libsqlitejdbc.so",
            "org/sqlite/native/Mac/aarch64/libsqlitejdbc.dylib",
            "org/sqlite/native/Mac/x86_64/libsqlitejdbc.dylib",
            "org/sqlite/native/Windows/aarch64/sqlitejdbc.dll",
            "org/sqlite/native/Windows/x86_64/sqlitejdbc.dll");
  }

  @Test
  void hasNothingTwice() {
    assertThat(names().filter(name -> name.endsWith("/jetty/server/Server.class"))).hasSize(1);
    List<String> absent = List.of("com/google/protobuf/", "io/opentelemetry/", "org/assertj/");
    assertThat(names()).noneMatch(name -> absent.stream().anyMatch(name::startsWith));
    assertThat(names()).noneMatch(name -> name.contains("/prometheus/metrics/shaded/"));
  }

  private static Stream<String> names() {
    return jar.stream().map(ZipEntry::getName);
  }

  private static String text(String name) throws IOException {
    try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
