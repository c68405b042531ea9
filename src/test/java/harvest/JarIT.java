package harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** See {@code TrimJarIT}. */
  @Test
  void hasNoClassesThatNothingNamesExceptThoseFoundInOtherWays() {
    assertThat(names())
        .noneMatch(name -> name.startsWith("io/netty/handler/codec/socks/"))
        .contains("io/micrometer/core/instrument/binder/jvm/JvmThreadMetrics.class")
        .contains("io/vertx/core/logging/SLF4JLogDelegateFactory.class")
        .contains("org/gaul/s3proxy/Main.class");
  }

  @Test
  void hasOnlyTheServedFilesOfTheConsoleAndItsLicenses() {
    assertThat(names()).contains("hawtio-static/index.html", "hawtio/hawtconfig.json");
    assertThat(names())
        .noneMatch(name -> name.matches("hawtio-static/.*\\.map") || name.startsWith("io/hawt/"));
    assertThat(names().filter(name -> name.matches("hawtio-static/.*\\.LICENSE\\.txt")))
        .hasSizeGreaterThan(50);
  }

  /** Much of the library that reads tars is left out, and missing classes show only at run time. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--format=v7",
        "--format=ustar",
        "--format=gnu --sparse",
        "--format=pax --sparse --sparse-version=0.0",
        "--format=pax --sparse --sparse-version=0.1",
        "--format=pax --sparse --sparse-version=1.0"
      })
  void readsTars(String options, @TempDir Path folder) throws Exception {
    try (RandomAccessFile sparse = new RandomAccessFile(folder.resolve("1.pdf").toFile(), "rw")) {
      for (int part = 1; part <= 30; part++) {
        sparse.seek(part * 50_000L);
        sparse.write(part);
      }
    }
    String last = (options.contains("sparse") ? "x".repeat(150) : "2") + ".pdf";
    Files.writeString(folder.resolve(last), "%PDF-");
    List<String> command = new ArrayList<>(List.of("tar"));
    command.addAll(List.of(options.split(" ")));
    command.addAll(List.of("-cf", "t.tar", "1.pdf", last));
    assertThat(new ProcessBuilder(command).directory(folder.toFile()).start().waitFor()).isZero();

    try (URLClassLoader only =
            new URLClassLoader(
                new URL[] {JAR.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        InputStream in = Files.newInputStream(folder.resolve("t.tar"))) {
      Class<?> type = only.loadClass("portal.opendata.tar.TarReader");
      Object tar = type.getConstructor(InputStream.class, long.class).newInstance(in, 0L);
      List<Integer> sizes = new ArrayList<>();
      while (((Optional<?>) type.getMethod("next").invoke(tar)).isPresent()) {
        InputStream content = (InputStream) type.getMethod("content").invoke(tar);
        sizes.add(content.readAllBytes().length);
      }
      assertThat(sizes).containsExactly(30 * 50_000 + 1, 5);
    }
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
  void listsItsContentsInAnSbomTheSameInEveryBuild() throws IOException {
    assumeFalse("offline true".equals(System.getProperty("maven.mode")), "mvn -o makes no SBOM");
    JsonNode bom = JsonMapper.builder().build().readTree(text("META-INF/sbom/bom.json"));
    assertThat(bom.path("components").findValuesAsText("purl"))
        .anyMatch(purl -> purl.startsWith("pkg:maven/org.apache.camel/camel-main@"))
        .noneMatch(purl -> purl.startsWith("pkg:maven/org.assertj/"));
    assertThat(bom.has("serialNumber")).isFalse();
    assertThat(bom.path("metadata").has("timestamp")).isFalse();
  }

  @Test
  void hasNativeCodeOnlyForSupportedSystems() {
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
