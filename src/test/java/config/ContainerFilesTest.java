package config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The files for containers, as far as they can be judged without an engine. */
class ContainerFilesTest {
  private static final Path DEPLOY = Path.of("deploy");
  private static final String DATA = "/var/lib/judgment-harvester";

  private static List<String> instructions() throws IOException {
    return Files.readString(DEPLOY.resolve("Dockerfile"))
        .replaceAll("(?m)^#.*\n", "")
        .replaceAll("\\\\\n\\s*", "")
        .lines()
        .filter(line -> !line.isBlank())
        .toList();
  }

  private static String last(String instruction) throws IOException {
    return instructions().stream()
        .filter(line -> line.startsWith(instruction + " "))
        .reduce((first, second) -> second)
        .map(line -> line.substring(instruction.length() + 1))
        .orElseThrow();
  }

  private static List<String> found(String pattern) throws IOException {
    return Pattern.compile(pattern, Pattern.MULTILINE)
        .matcher(Files.readString(DEPLOY.resolve("compose.yaml")))
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  @Test
  void theImageRunsTheProgramItselfAsItsUserInItsVolume() throws IOException {
    assertThat(last("FROM")).matches("\\S+:(?!latest)\\S+");
    assertThat(last("USER")).isEqualTo("judgment-harvester");
    assertThat(last("WORKDIR")).isEqualTo(DATA);
    assertThat(last("VOLUME")).isEqualTo(DATA);
    for (String command :
        List.of(last("ENTRYPOINT"), last("CMD"), last("HEALTHCHECK").replaceAll(".* CMD ", ""))) {
      JsonNode words = new ObjectMapper().readTree(command);
      assertThat(words.isArray()).as("without a shell between, for signals: " + command).isTrue();
    }
    assertThat(last("ENTRYPOINT")).contains("-Djava.io.tmpdir=" + DATA + "/tmp");
  }

  @Test
  void whatTheImageCopiesIsSentToTheEngine() throws IOException {
    List<String> sent = Files.readAllLines(DEPLOY.resolve("Dockerfile.dockerignore"));
    List<String> words = List.of(last("COPY").split(" "));

    assertThat(words.subList(0, words.size() - 1))
        .allSatisfy(file -> assertThat(sent).contains("!" + file));
  }

  @Test
  void theFleetHasFourInstancesWithKnownKeysThatKnowEachOther() throws IOException {
    List<Integer> numbers = IntStream.rangeClosed(1, 4).boxed().toList();
    List<String> keys =
        Arrays.stream(ConfigKey.values())
            .map(key -> key.key().toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"))
            .toList();

    assertThat(found("HARVEST_INSTANCE_ID: \"(\\d+)\""))
        .isEqualTo(numbers.stream().map(String::valueOf).toList());
    assertThat(found("^  (instance-\\d):").stream().distinct().toList())
        .isEqualTo(numbers.stream().map(number -> "instance-" + number).toList());
    for (int number : numbers) {
      assertThat(found("FLEET_PEERS: (.*)").get(0)).contains("http://instance-" + number + ":5000");
      assertThat(found("API_ALLOWED_HOSTS: (.*)").get(0)).contains("instance-" + number);
    }
    assertThat(found("^  ([A-Z0-9_]+): "))
        .filteredOn(name -> !name.startsWith("AWS_"))
        .isNotEmpty()
        .isSubsetOf(keys);
  }
}
