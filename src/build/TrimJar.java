import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Takes out of a jar the classes of libraries that nothing in it names, and the entries of folders
 * without files, and compresses the rest as well as it can be. The same jar gives the same bytes.
 *
 * <p>A class stays if the name of the class stands anywhere in a class that stays, as a type or as
 * a text, or in a file that is no class: a list of services, a configuration, native code. So only
 * a class whose name is put together at run time could be missed.
 *
 * <pre>java TrimJar.java JAR OWN_CLASSES [KEPT …]</pre>
 *
 * OWN_CLASSES is the folder with the program's own classes, which all stay, and KEPT the beginning
 * of the names of other classes that do, such as {@code org/library/}.
 */
final class TrimJar {
  private static final Pattern VERSION = Pattern.compile("^META-INF/versions/\\d+/");
  private static final Pattern NAME = Pattern.compile("[\\w$][\\w$./]*[\\w$]");

  /**
   * What stands before a class name in the descriptor of a method, such as (ILjava/lang/String;)V.
   */
  private static final Pattern DESCRIBED = Pattern.compile("[BCDFIJSZV]*L(.+)");

  private final ZipFile jar;

  /** The entries of each class; more than one if there are others for later versions of Java. */
  private final Map<String, List<ZipEntry>> classes = new HashMap<>();

  private final List<ZipEntry> files = new ArrayList<>();

  private TrimJar(ZipFile jar) {
    this.jar = jar;
    jar.stream()
        .filter(entry -> !entry.isDirectory())
        .forEach(
            entry -> {
              if (entry.getName().endsWith(".class")) {
                classes.computeIfAbsent(name(entry), name -> new ArrayList<>()).add(entry);
              } else {
                files.add(entry);
              }
            });
  }

  public static void main(String... args) throws IOException {
    Path file = Path.of(args[0]);
    Path trimmed = Path.of(file + ".trimmed");
    try (ZipFile jar = new ZipFile(file.toFile())) {
      new TrimJar(jar).write(trimmed, Path.of(args[1]), List.of(args).subList(2, args.length));
    }
    Files.move(trimmed, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String name(ZipEntry entry) {
    String path = VERSION.matcher(entry.getName()).replaceFirst("");
    return path.substring(0, path.length() - ".class".length());
  }

  private void write(Path trimmed, Path own, Collection<String> kept) throws IOException {
    Set<String> needed = needed(own, kept);
    Set<String> folders = new HashSet<>();
    files.forEach(file -> addFolders(file.getName(), folders));
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(trimmed));
        ZipOutputStream out = new ZipOutputStream(file)) {
      out.setLevel(Deflater.BEST_COMPRESSION);
      for (ZipEntry entry : jar.stream().toList()) {
        boolean stays =
            entry.isDirectory()
                ? folders.contains(entry.getName())
                : !entry.getName().endsWith(".class") || needed.contains(name(entry));
        if (stays) {
          ZipEntry copy = new ZipEntry(entry.getName());
          copy.setTimeLocal(entry.getTimeLocal());
          out.putNextEntry(copy);
          out.write(bytes(entry));
          out.closeEntry();
        }
      }
    }
  }

  /** Whoever looks for files in a folder needs the entries of it and of those around it. */
  private static void addFolders(String file, Set<String> folders) {
    for (int end = file.lastIndexOf('/'); end > 0; end = file.lastIndexOf('/', end - 1)) {
      folders.add(file.substring(0, end + 1));
    }
  }

  private Set<String> needed(Path own, Collection<String> kept) throws IOException {
    Set<String> needed = new HashSet<>();
    Deque<String> unread = new ArrayDeque<>();
    Collection<String> found = new HashSet<>();
    for (String name : classes.keySet()) {
      if (kept.stream().anyMatch(name::startsWith) || Files.exists(own.resolve(name + ".class"))) {
        found.add(name);
      }
    }
    for (ZipEntry file : files) {
      addNamed(new String(bytes(file), StandardCharsets.ISO_8859_1), found);
    }
    while (true) {
      for (String name : found) {
        if (needed.add(name)) {
          unread.add(name);
        }
      }
      String name = unread.poll();
      if (name == null) {
        return needed;
      }
      found.clear();
      for (ZipEntry entry : classes.get(name)) {
        for (String text : constants(bytes(entry))) {
          addNamed(text, found);
        }
      }
    }
  }

  private void addNamed(String text, Collection<String> found) {
    Matcher names = NAME.matcher(text);
    while (names.find()) {
      String name = names.group().replace('.', '/');
      if (classes.containsKey(name)) {
        found.add(name);
      }
      Matcher described = DESCRIBED.matcher(name);
      if (described.matches() && classes.containsKey(described.group(1))) {
        found.add(described.group(1));
      }
    }
  }

  private byte[] bytes(ZipEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  /** The texts of a class file: names of types, descriptors, and what the code has in quotes. */
  private static List<String> constants(byte[] classFile) throws IOException {
    List<String> texts = new ArrayList<>();
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
    in.skipNBytes(8); // magic number and version
    int count = in.readUnsignedShort();
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case 1 -> texts.add(in.readUTF());
        case 5, 6 -> { // a long or a double, which counts twice
          in.skipNBytes(8);
          i++;
        }
        case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
        case 15 -> in.skipNBytes(3);
        default -> in.skipNBytes(4);
      }
    }
    return texts;
  }
}
