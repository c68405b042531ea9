package api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.model.rest.RestDefinition;
import org.apache.camel.model.rest.VerbDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scripts.ScriptStatus;
import scripts.WaitingReason;
import testing.ApiServer;

/** Checks the description of the API against the code, and its consistency. */
class ApiDescriptionIT {
  private final JsonNode description = new OpenApi("1.2.3").description();

  @Test
  void everyCallThatIsServedIsDescribedAndNoOther(@TempDir Path folder) throws Exception {
    List<String> served = new ArrayList<>();
    try (ApiServer server = new ApiServer(folder)) {
      for (RestDefinition rest : server.camel().getRestDefinitions()) {
        for (VerbDefinition verb : rest.getVerbs()) {
          served.add(verb.asVerb() + " " + rest.getPath() + verb.getPath());
        }
      }
    }
    List<String> described = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : description.path("paths").properties()) {
      path.getValue()
          .fieldNames()
          .forEachRemaining(
              field -> {
                if (!field.equals("parameters")) {
                  described.add(field + " " + path.getKey());
                }
              });
    }
    assertThat(described).isNotEmpty().containsExactlyInAnyOrderElementsOf(served);
  }

  /** Camel 4.18.0 takes such a path for a proxy's (CVE-2026-85316). */
  @Test
  void noPathBeginsWithProxy() {
    assertThat(description.path("paths").fieldNames())
        .toIterable()
        .isNotEmpty()
        .noneMatch(path -> path.startsWith("/proxy"));
  }

  @Test
  void theVersionIsThatOfTheBuild() {
    assertThat(description.at("/info/version").asText()).isEqualTo("1.2.3");
  }

  @Test
  void everyReferenceLeadsToSomethingAndEveryComponentIsReferredTo() {
    Set<String> components = new TreeSet<>();
    for (String kind : List.of("parameters", "requestBodies", "responses", "schemas")) {
      description
          .at("/components/" + kind)
          .fieldNames()
          .forEachRemaining(name -> components.add("#/components/" + kind + "/" + name));
    }
    assertThat(new TreeSet<>(description.findValuesAsText("$ref"))).isEqualTo(components);
  }

  @Test
  void everyCallHasANameOfItsOwn() {
    assertThat(description.path("paths").findValuesAsText("operationId"))
        .doesNotHaveDuplicates()
        .hasSameSizeAs(description.path("paths").findValues("responses"));
  }

  @Test
  void everyObjectInAResponseRequiresAllItsFieldsAndSaysWhetherOthersMayFollow() {
    Map<String, JsonNode> objects = new TreeMap<>();
    collectObjects("", description.at("/components/schemas"), objects);
    // what a caller sends is optional; a finding names what it is about
    objects
        .keySet()
        .removeIf(name -> name.matches("/\\w+Request(/.*)?") || name.equals("/Finding"));
    assertThat(objects).containsKeys("/Script", "/FleetAnswer/properties/data");
    objects.forEach(
        (name, object) -> {
          List<String> fields = new ArrayList<>();
          object.path("properties").fieldNames().forEachRemaining(fields::add);
          assertThat(words(object.path("required")))
              .as(name)
              .containsExactlyInAnyOrderElementsOf(fields);
          assertThat(object.has("additionalProperties")).as(name).isTrue();
        });
  }

  private static void collectObjects(String name, JsonNode node, Map<String, JsonNode> objects) {
    if (node.path("type").asText().equals("object") && node.has("properties")) {
      objects.put(name, node);
    }
    node.properties()
        .forEach(child -> collectObjects(name + "/" + child.getKey(), child.getValue(), objects));
  }

  @Test
  void theWordsForStatesAndReasonsAreThoseOfTheProgram() {
    JsonNode script = description.at("/components/schemas/Script/properties");
    assertThat(words(script.at("/status/enum")))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ScriptStatus.values()).map(ScriptStatus::word).toList());
    assertThat(words(script.at("/waiting_reason/enum")))
        .containsAll(Arrays.stream(WaitingReason.values()).map(WaitingReason::word).toList())
        .hasSize(WaitingReason.values().length + 1)
        .contains("null");
  }

  private static List<String> words(JsonNode words) {
    List<String> all = new ArrayList<>();
    words.forEach(word -> all.add(word.asText()));
    return all;
  }
}
