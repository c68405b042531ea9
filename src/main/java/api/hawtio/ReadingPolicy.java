package api.hawtio;

import java.util.Map;
import java.util.Set;
import javax.management.ObjectName;
import org.jolokia.server.core.restrictor.AbstractConstantRestrictor;
import org.jolokia.server.core.util.RequestType;

/**
 * What Jolokia may do: read what is useful, start and stop the routes of scripts, and nothing else.
 * Other routes belong to the program; without them it could not work.
 */
final class ReadingPolicy extends AbstractConstantRestrictor {
  private static final Set<RequestType> TYPES =
      Set.of(
          RequestType.VERSION,
          RequestType.LIST,
          RequestType.SEARCH,
          RequestType.READ,
          RequestType.EXEC);

  /** They may hold keys and passwords. */
  private static final Set<String> SECRET = Set.of("SystemProperties", "InputArguments");

  /** Operations that only read, by the type of Camel's MBean. */
  private static final Map<String, Set<String>> READING =
      Map.of(
          "routes",
          Set.of("dumpRouteAsXml", "dumpRouteStatsAsXml", "isUpdateRouteEnabled"),
          "context",
          Set.of("dumpRoutesAsXml", "dumpRoutesStatsAsXml"));

  private static final Set<String> CONTROL = Set.of("start", "stop");
  private static final String THREADS = "java.lang:type=Threading";
  private static final String DUMP_THREADS = "dumpAllThreads(boolean,boolean)";

  ReadingPolicy() {
    super(true);
  }

  @Override
  public boolean isTypeAllowed(RequestType type) {
    return TYPES.contains(type);
  }

  @Override
  public boolean isAttributeReadAllowed(ObjectName name, String attribute) {
    return !SECRET.contains(attribute);
  }

  @Override
  public boolean isAttributeWriteAllowed(ObjectName name, String attribute) {
    return false;
  }

  /** A pattern would act on many routes at once. */
  @Override
  public boolean isOperationAllowed(ObjectName name, String operation) {
    if (name.isPattern()) {
      return false;
    }
    if (name.getCanonicalName().equals(THREADS)) {
      return operation.equals(DUMP_THREADS);
    }
    if (!name.getDomain().equals("org.apache.camel")) {
      return false;
    }
    String plain = operation.replaceFirst("\\(\\)$", ""); // of those with parameters none is named
    String type = String.valueOf(name.getKeyProperty("type"));
    return READING.getOrDefault(type, Set.of()).contains(plain)
        || type.equals("routes") && isScript(name) && CONTROL.contains(plain);
  }

  private static boolean isScript(ObjectName name) {
    return String.valueOf(name.getKeyProperty("name")).matches("\"?script-\\d+\"?");
  }
}
