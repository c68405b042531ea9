package portal.opendata.tar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.SequenceInputStream;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With tars of real programs: GNU tar, and Python's tarfile, which the publisher uses. */
class TarReaderIT {
  private static final String LONG = "x".repeat(150) + "_1_2023-01-01.pdf";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"v7", "ustar", "gnu", "pax", "oldgnu"})
  void readsWhatGnuTarWrites(String format) throws Exception {
    Map<String, String> files = files(format.equals("v7") || format.equals("ustar"));
    run(gnuTar("--format=" + format, files));
    assertThat(read(0)).isEqualTo(files);
  }

  @Test
  void onlyFilesAreFiles() throws Exception {
    Files.writeString(folder.resolve("a.pdf"), "a");
    Files.createLink(folder.resolve("b.pdf"), folder.resolve("a.pdf"));
    Files.createSymbolicLink(folder.resolve("c.pdf"), Path.of("a.pdf"));
    Files.createDirectory(folder.resolve("d.pdf"));
    run(List.of("mkfifo", "e.pdf"));
    run(List.of("tar", "-cf", "t.tar", "a.pdf", "b.pdf", "c.pdf", "d.pdf", "e.pdf"));
    List<String> files = new ArrayList<>();
    List<String> others = new ArrayList<>();
    try (InputStream in = Files.newInputStream(folder.resolve("t.tar"))) {
      TarReader tar = new TarReader(in, 0);
      for (Optional<TarMember> next = tar.next(); next.isPresent(); next = tar.next()) {
        (next.get().isPdf() ? files : others).add(next.get().name());
      }
    }
    assertThat(files).containsExactly("a.pdf");
    assertThat(others).containsExactly("b.pdf", "c.pdf", "d.pdf/", "e.pdf");
  }

  @ParameterizedTest
  @ValueSource(strings = {"USTAR_FORMAT", "GNU_FORMAT", "PAX_FORMAT"})
  void readsWhatPythonWrites(String format) throws Exception {
    Map<String, String> files = files(format.startsWith("USTAR"));
    List<String> command =
        new ArrayList<>(
            List.of(
                "python3",
                "-c",
                "import sys,tarfile\nt=tarfile.open('t.tar','w',format=tarfile."
                    + format
                    + ")\nfor n in sys.argv[1:]: t.add(n)\nt.close()"));
    command.addAll(files.keySet());
    run(command);
    assertThat(read(0)).isEqualTo(files);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--format=gnu",
        "--format=pax --sparse-version=0.0",
        "--format=pax --sparse-version=0.1",
        "--format=pax --sparse-version=1.0"
      })
  void fillsTheHolesOfSparseFiles(String format) throws Exception {
    byte[] sparse = new byte[3_000_000];
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve("holes.pdf").toFile(), "rw")) {
      for (int i = 0; i < 40; i++) {
        byte[] some = ("data " + i).getBytes(UTF_8);
        System.arraycopy(some, 0, sparse, i * 70_000 + 4096, some.length);
        file.seek(i * 70_000 + 4096);
        file.write(some);
      }
      file.setLength(sparse.length);
    }
    Files.writeString(folder.resolve("after.pdf"), "after");
    List<String> command = new ArrayList<>(List.of("tar", "--sparse"));
    command.addAll(List.of(format.split(" ")));
    command.addAll(List.of("-cf", "t.tar", "holes.pdf", "after.pdf"));
    run(command);
    assertThat(Files.size(folder.resolve("t.tar"))).isLessThan(1_000_000);
    try (InputStream in = Files.newInputStream(folder.resolve("t.tar"))) {
      TarReader tar = new TarReader(in, 0);
      assertThat(tar.next().orElseThrow())
          .extracting(TarMember::name, TarMember::size)
          .containsExactly("holes.pdf", (long) sparse.length);
      assertThat(Arrays.equals(tar.content().readAllBytes(), sparse)).isTrue();
      assertThat(tar.next().orElseThrow().name()).isEqualTo("after.pdf");
      assertThat(tar.content().readAllBytes()).asString(UTF_8).isEqualTo("after");
      assertThat(tar.next()).isEmpty();
    }
    try (InputStream in = Files.newInputStream(folder.resolve("t.tar"))) {
      TarReader tar = new TarReader(in, 0);
      tar.next();
      assertThat(read(tar.nextOffset())).containsExactly(Map.entry("after.pdf", "after"));
    }
  }

  @Test
  void continuesAtAnyMember() throws Exception {
    Map<String, String> files = files(false);
    run(gnuTar("--format=pax", files));
    List<TarMember> members = new ArrayList<>();
    try (InputStream in = Files.newInputStream(folder.resolve("t.tar"))) {
      TarReader tar = new TarReader(in, 0);
      for (Optional<TarMember> next = tar.next(); next.isPresent(); next = tar.next()) {
        members.add(next.get());
      }
    }
    List<String> names = List.copyOf(files.keySet());
    for (int i = 0; i < members.size(); i++) {
      assertThat(read(members.get(i).offset()).keySet())
          .containsExactlyElementsOf(names.subList(i, names.size()));
    }
  }

  @Test
  void distinguishesATruncatedTarFromAnInvalidOne() throws Exception {
    run(gnuTar("--format=gnu", files(false)));
    byte[] whole = Files.readAllBytes(folder.resolve("t.tar"));
    TarReader cut = new TarReader(new ByteArrayInputStream(Arrays.copyOf(whole, 515)), 0);
    assertThat(cut.next()).isPresent();
    assertThatThrownBy(() -> cut.content().readAllBytes()).isInstanceOf(TarFormatException.class);
    byte[] noTar = "<html>".repeat(200).getBytes(UTF_8);
    assertThatThrownBy(() -> new TarReader(new ByteArrayInputStream(noTar), 0).next())
        .isInstanceOf(TarFormatException.class);
    assertThat(new TarReader(new ByteArrayInputStream(new byte[0]), 0).next()).isEmpty();
  }

  @Test
  void propagatesFailuresOfTheStream() throws Exception {
    run(gnuTar("--format=pax", files(false)));
    byte[] whole = Files.readAllBytes(folder.resolve("t.tar"));
    for (int length : List.of(0, 100, 515, 3_000)) {
      InputStream fault =
          new InputStream() {
            @Override
            public int read() throws IOException {
              throw new SocketException("Connection reset");
            }
          };
      TarReader tar =
          new TarReader(
              new SequenceInputStream(new ByteArrayInputStream(whole, 0, length), fault), 0);
      assertThatThrownBy(
              () -> {
                while (tar.next().isPresent()) {
                  tar.content().readAllBytes();
                }
              })
          .as("after %d bytes", length)
          .isInstanceOf(SocketException.class);
    }
  }

  private Map<String, String> read(long offset) throws IOException {
    Map<String, String> read = new LinkedHashMap<>();
    try (InputStream in = Files.newInputStream(folder.resolve("t.tar"))) {
      in.skipNBytes(offset);
      TarReader tar = new TarReader(in, offset);
      for (Optional<TarMember> next = tar.next(); next.isPresent(); next = tar.next()) {
        byte[] content = tar.content().readAllBytes();
        assertThat(next.get().size()).isEqualTo(content.length);
        assertThat(next.get().isFile()).isTrue();
        read.put(next.get().name(), new String(content, UTF_8));
      }
    }
    return read;
  }

  private Map<String, String> files(boolean shortNames) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("A_1_2023-01-01.pdf", "%PDF- one");
    files.put("EMPTY_1_2023-01-01.pdf", "");
    files.put("B_1_2046-01-01.pdf", "b".repeat(512));
    files.put(shortNames ? "C_1_2023-01-01.pdf" : LONG, "c".repeat(5_000));
    files.put(shortNames ? "D.pdf" : "न्यायालय.pdf", "d".repeat(1_025));
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
    return files;
  }

  private static List<String> gnuTar(String format, Map<String, String> files) {
    List<String> command = new ArrayList<>(List.of("tar", format, "-cf", "t.tar"));
    command.addAll(files.keySet());
    return command;
  }

  private void run(List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }
}
