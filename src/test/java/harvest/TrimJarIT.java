package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.ShellCommand;

/** What the build takes out of the jar of all libraries, and what it must leave in it. */
class TrimJarIT {
  private static final Map<String, String> LIBRARY =
      Map.of(
          "Used", "class Used { Next next; static class Inner {} }",
          "Next", "class Next {}",
          "Parameter", "class Parameter {}",
          "Marked", "@Mark(Marked.Value.class) class Marked { static class Value {} }",
          "Mark", "@interface Mark { Class<?> value(); }",
          "ByText", "class ByText {}",
          "Service", "class Service {}",
          "Native", "class Native {}",
          "Alone", "class Alone { OnlyOfAlone other; }",
          "OnlyOfAlone", "class OnlyOfAlone { Alone other; }");

  private static final String OWN =
      """
      package lib;
      class Own {
        static final String TEXT = "lib.ByText";
        static native void call(int number, Parameter parameter);
        Used used;
        Marked marked;
      }
      """;

  @TempDir private Path folder;
  private Path own;
  private Path jar;

  @BeforeEach
  void compile() throws IOException {
    Path sources = Files.createDirectories(folder.resolve("sources/lib"));
    for (Map.Entry<String, String> type : LIBRARY.entrySet()) {
      Files.writeString(
          sources.resolve(type.getKey() + ".java"), "package lib;\n" + type.getValue());
    }
    Files.writeString(sources.resolve("Own.java"), OWN);
    Path all = Files.createDirectories(folder.resolve("all"));
    List<String> options = new ArrayList<>(List.of("-d", all.toString()));
    try (Stream<Path> files = Files.list(sources)) {
      files.map(Path::toString).forEach(options::add);
    }
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, options.toArray(String[]::new)))
        .isZero();
    own = Files.createDirectories(folder.resolve("own"));
    Files.createDirectories(own.resolve("lib"));
    Files.copy(all.resolve("lib/Own.class"), own.resolve("lib/Own.class"));
    jar = folder.resolve("all.jar");
    Map<String, byte[]> entries = new TreeMap<>();
    entries.put("empty/", new byte[0]);
    entries.put("files/", new byte[0]);
    entries.put("files/native.so", "\0\1lib/Native\0".getBytes());
    entries.put("META-INF/services/some.Interface", "lib.Service\n".getBytes());
    try (Stream<Path> compiled = Files.list(all.resolve("lib"))) {
      for (Path type : compiled.toList()) {
        entries.put("lib/" + type.getFileName(), Files.readAllBytes(type));
      }
    }
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        ZipEntry written = new ZipEntry(entry.getKey());
        written.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
        out.putNextEntry(written);
        out.write(entry.getValue());
      }
    }
  }

  private List<String> trimmed(String... kept) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1", // half the CPU time
                "-XX:+UseSerialGC",
                "src/build/TrimJar.java",
                jar.toString(),
                own.toString()));
    command.addAll(List.of(kept));
    ShellCommand done = ShellCommand.run(Map.of(), command);
    assertThat(done.exitCode()).as(done.stderr()).isZero();
    try (ZipFile read = new ZipFile(jar.toFile())) {
      return read.stream().map(ZipEntry::getName).toList();
    }
  }

  @Test
  void onlyClassesThatNothingRemainingNamesAreRemoved() throws Exception {
    assertThat(trimmed())
        .containsExactly(
            "META-INF/services/some.Interface",
            "files/",
            "files/native.so",
            "lib/ByText.class",
            "lib/Mark.class",
            "lib/Marked$Value.class",
            "lib/Marked.class",
            "lib/Native.class",
            "lib/Next.class",
            "lib/Own.class",
            "lib/Parameter.class",
            "lib/Service.class",
            "lib/Used$Inner.class",
            "lib/Used.class");
  }

  @Test
  void classesThatTheBuildNamesStayWithAllThatTheyName() throws Exception {
    assertThat(trimmed("lib/OnlyOf")).contains("lib/OnlyOfAlone.class", "lib/Alone.class");
  }

  @Test
  void theSameJarGivesTheSameBytes() throws Exception {
    byte[] before = Files.readAllBytes(jar);
    trimmed();
    byte[] once = Files.readAllBytes(jar);
    Files.write(jar, before);
    trimmed();

    assertThat(Files.readAllBytes(jar)).isEqualTo(once);
  }
}
