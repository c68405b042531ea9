package testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server that does what a test wants: with and without STARTTLS, and with other answers. */
public final class MailServer implements AutoCloseable {
  private final ServerSocket socket;
  private final SSLContext tls;
  private final boolean upgrades;
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final List<String> mails = new CopyOnWriteArrayList<>();
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private volatile boolean silent;
  private volatile boolean breaksOff;

  /**
   * @param tls its certificate; null for a server without TLS
   * @param upgrades whether TLS begins with STARTTLS, rather than with the first byte
   */
  public MailServer(SSLContext tls, boolean upgrades) throws IOException {
    this.tls = tls;
    this.upgrades = upgrades;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::accept, "mail-server");
    thread.setDaemon(true);
    thread.start();
  }

  public int port() {
    return socket.getLocalPort();
  }

  /** The commands of all connections, each with {@code TLS } before it where it came encrypted. */
  public List<String> commands() {
    return commands;
  }

  /** The messages that were accepted. */
  public List<String> mails() {
    return mails;
  }

  /** Answers commands that begin like this with something else from now on. */
  public MailServer answer(String command, String answer) {
    answers.put(command, answer);
    return this;
  }

  /** Answers as usual again. */
  public void behave() {
    answers.clear();
  }

  /** Accepts connections, and says nothing. */
  public MailServer beSilent() {
    silent = true;
    return this;
  }

  /** Drops the connection instead of saying goodbye. */
  public MailServer breakOffAtTheEnd() {
    breaksOff = true;
    return this;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        Thread thread = new Thread(() -> serve(connection), "mail-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      if (silent) {
        connection.getInputStream().readAllBytes(); // until the client has had enough
        return;
      }
      if (tls != null && !upgrades) {
        talk(encrypted(connection), true, "220 mail.example ready");
      } else {
        talk(connection, false, "220 mail.example ready");
      }
    } catch (IOException e) {
      // the client has gone, or does not trust it
    }
  }

  private SSLSocket encrypted(Socket connection) throws IOException {
    SSLSocket encrypted =
        (SSLSocket) tls.getSocketFactory().createSocket(connection, null, port(), true);
    encrypted.setUseClientMode(false);
    encrypted.startHandshake();
    return encrypted;
  }

  private void talk(Socket connection, boolean isEncrypted, String greeting) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
    OutputStream out = connection.getOutputStream();
    if (greeting != null) {
      say(out, greeting);
    }
    String line = in.readLine();
    while (line != null) {
      commands.add((isEncrypted ? "TLS " : "") + line);
      String command = line;
      String other =
          answers.entrySet().stream()
              .filter(entry -> command.startsWith(entry.getKey()))
              .map(Map.Entry::getValue)
              .findFirst()
              .orElse(null);
      if (other != null) {
        say(out, other);
      } else if (line.startsWith("EHLO")) {
        say(out, "250-mail.example");
        if (tls != null && upgrades && !isEncrypted) {
          say(out, "250-STARTTLS");
        }
        say(out, "250 AUTH PLAIN");
      } else if (line.equals("STARTTLS")) {
        say(out, "220 go ahead");
        talk(encrypted(connection), true, null);
        return;
      } else if (line.startsWith("AUTH")) {
        say(out, "235 welcome");
      } else if (line.equals("DATA")) {
        say(out, "354 go on");
        StringBuilder mail = new StringBuilder();
        for (String text = in.readLine(); !text.equals("."); text = in.readLine()) {
          mail.append(text).append('\n');
        }
        mails.add(mail.toString());
        say(out, "250 2.0.0 taken as 4711");
      } else if (line.equals("QUIT") && breaksOff) {
        connection.setSoLinger(true, 0); // the client gets a reset
        return;
      } else if (line.equals("QUIT")) {
        say(out, "221 bye");
        return;
      } else {
        say(out, "250 ok");
      }
      line = in.readLine();
    }
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
