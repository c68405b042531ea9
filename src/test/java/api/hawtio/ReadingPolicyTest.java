package api.hawtio;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.jolokia.server.core.util.RequestType;
import org.junit.jupiter.api.Test;

class ReadingPolicyTest {
  private final ReadingPolicy policy = new ReadingPolicy();

  @Test
  void onlyTheListedOperationsAreAllowed() throws Exception {
    Set<String> allowed = new TreeSet<>();
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:a").routeId("script-05").log("a");
              from("direct:b").routeId("page").log("b");
            }
          });
      camel.start();
      MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
      for (ObjectName name : beans.queryNames(null, null)) {
        for (MBeanOperationInfo operation : beans.getMBeanInfo(name).getOperations()) {
          String signature =
              Arrays.stream(operation.getSignature())
                  .map(parameter -> parameter.getType())
                  .collect(Collectors.joining(",", operation.getName() + "(", ")"));
          for (String asked : Set.of(signature, operation.getName())) {
            if (policy.isOperationAllowed(name, asked)) {
              allowed.add(name.getKeyProperty("type") + " " + route(name) + " " + asked);
            }
          }
        }
      }
    }
    assertThat(allowed)
        .containsExactly(
            "Threading  dumpAllThreads(boolean,boolean)",
            "context  dumpRoutesAsXml",
            "context  dumpRoutesAsXml()",
            "context  dumpRoutesStatsAsXml",
            "routes page dumpRouteAsXml",
            "routes page dumpRouteAsXml()",
            "routes page dumpRouteStatsAsXml",
            "routes page isUpdateRouteEnabled",
            "routes page isUpdateRouteEnabled()",
            "routes script-05 dumpRouteAsXml",
            "routes script-05 dumpRouteAsXml()",
            "routes script-05 dumpRouteStatsAsXml",
            "routes script-05 isUpdateRouteEnabled",
            "routes script-05 isUpdateRouteEnabled()",
            "routes script-05 start",
            "routes script-05 start()",
            "routes script-05 stop",
            "routes script-05 stop()");
  }

  private static String route(ObjectName name) {
    return "routes".equals(name.getKeyProperty("type"))
        ? ObjectName.unquote(name.getKeyProperty("name"))
        : "";
  }

  @Test
  void aPatternCannotStopAnything() throws Exception {
    for (String name :
        Set.of(
            "org.apache.camel:type=routes,*",
            "org.apache.camel:context=c,type=routes,name=\"script-*\"",
            "*:type=routes,name=\"script-05\"")) {
      assertThat(policy.isOperationAllowed(new ObjectName(name), "stop()")).as(name).isFalse();
    }
    assertThat(
            policy.isOperationAllowed(
                new ObjectName("org.apache.camel:context=c,type=routes,name=\"script-05\""),
                "stop()"))
        .isTrue();
  }

  @Test
  void nothingIsWrittenAndNoSecretIsRead() throws Exception {
    ObjectName runtime = new ObjectName("java.lang:type=Runtime");
    assertThat(policy.isAttributeReadAllowed(runtime, "SystemProperties")).isFalse();
    assertThat(policy.isAttributeReadAllowed(runtime, "InputArguments")).isFalse();
    assertThat(policy.isAttributeReadAllowed(runtime, "Uptime")).isTrue();
    assertThat(policy.isAttributeWriteAllowed(new ObjectName("java.lang:type=Memory"), "Verbose"))
        .isFalse();
    assertThat(policy.isTypeAllowed(RequestType.WRITE)).isFalse();
    assertThat(policy.isTypeAllowed(RequestType.NOTIFICATION)).isFalse();
  }
}
