package harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import java.nio.file.Path;
import java.util.Set;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Launcher;

/** Routes that are started and stopped behind the orchestrator's back, through JMX. */
class JmxIT {
  @TempDir Path folder;

  @Test
  void aRouteStartedOrStoppedThroughJmxIsShownAsWhatItIs() throws Exception {
    try (Harvest harvest = new Harvest(folder, 200, 1)) {
      harvest.set("HARVEST_AUTOSTART", "0").set("PORTAL_RATE", "20");
      try (Launcher run = harvest.process()) {
        Api api = harvest.api();
        try (JMXConnector jmx = connect(run.pid())) {
          MBeanServerConnection beans = jmx.getMBeanServerConnection();
          ObjectName route = route(beans, "script-01");
          beans.invoke(route, "start", null, null);
          api.awaitState(1, "running");
          Awaitility.await().until(() -> api.script(1).path("total_files_downloaded").asInt() > 0);
          assertThat(api.state(2)).isEqualTo("not_started");

          beans.invoke(route, "stop", null, null);
          api.awaitState(1, "stopped");
          assertThat(api.script(1).path("last_error").asText()).contains("JMX");
          assertThat(api.logs(1)).anyMatch(line -> line.contains("was stopped from outside"));

          api.post("/api/scripts/start/1");
          api.awaitState(1, "running");
          assertThat(beans.getAttribute(route, "State")).isEqualTo("Started");
          beans.invoke(route, "suspend", null, null);
          api.awaitState(1, "stopped");

          api.post("/api/scripts/start/1");
          api.awaitState(1, "running");
          api.post("/api/scripts/stop/1");
          api.awaitState(1, "stopped");
          assertThat(beans.getAttribute(route, "State")).isEqualTo("Stopped");
          assertThat(api.script(1).path("last_error").isNull()).isTrue();
        }
      }
    }
  }

  @Test
  void aRouteSuspendedOrStoppedWithATimeInTheMiddleOfASlowPageEndsItAtOnce() throws Exception {
    try (Harvest harvest = new Harvest(folder, 200, 100)) {
      harvest.set("PORTAL_RATE", "0.5"); // a page takes longer than Camel waits for it
      try (Launcher run = harvest.process()) {
        Api api = harvest.api();
        try (JMXConnector jmx = connect(run.pid())) {
          MBeanServerConnection beans = jmx.getMBeanServerConnection();
          for (int id = 1; id <= 2; id++) {
            int script = id;
            Awaitility.await()
                .until(() -> api.script(script).path("current_page_rows").asInt() > 0);
          }
          beans.invoke(route(beans, "script-01"), "suspend", null, null);
          beans.invoke(route(beans, "script-02"), "stop", new Object[] {1L}, new String[] {"long"});
          for (int id = 1; id <= 2; id++) {
            api.awaitState(id, "stopped");
            assertThat(api.script(id).path("last_error").asText()).contains("JMX");
          }
        }
      }
    }
  }

  private static JMXConnector connect(long pid) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(String.valueOf(pid));
    try {
      return JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
    } finally {
      machine.detach();
    }
  }

  private static ObjectName route(MBeanServerConnection beans, String id) throws Exception {
    Set<ObjectName> found =
        beans.queryNames(
            new ObjectName("org.apache.camel:type=routes,name=\"" + id + "\",*"), null);
    return found.iterator().next();
  }
}
