package haricot.local.classify;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import haricot.bucket.Sha256;
import haricot.local.host.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Photos from somebody else's server: an HTTPS server here, with a certificate of its own, that sends what it likes.
class PhotoArchiveTest {
    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 1, 2, 3};
    private static final char[] SECRET = "secret".toCharArray();

    @TempDir
    private static Path folder;
    private static HttpsServer server;
    private static HttpClient client;
    private static String root;

    @BeforeAll
    static void start() throws Exception {
        SSLContext own = context(store());
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(own));
        server.start();
        client = HttpClient.newBuilder().sslContext(own).build();
        root = "https://localhost:" + server.getAddress().getPort() + "/";
    }

    @AfterAll
    static void stop() {
        client.close();
        server.stop(0);
    }

    @Test
    void theFirstFewOfEachLabelAreTakenUnderNamesOfOurs() throws Exception {
        byte[] zip = zip("test/healthy/a.jpg", "test/healthy/b.JPG", "test/healthy/c.jpg", "test/bean_rust/x.jpeg",
                "../../etc/evil/../passwd.jpg", "__MACOSX/._a.jpg", "test/notes.txt", "C:\\..\\x.jpg");
        URI at = serves("good", zip);
        List<PhotoArchive.Photo> photos = new PhotoArchive(client, Sha256.hex(zip)).fetch(at, 2);
        assertEquals(List.of("healthy/healthy-1.jpg", "healthy/healthy-2.jpg", "bean_rust/bean_rust-1.jpg"),
                photos.stream().map(photo -> photo.label() + "/" + photo.name()).toList());
        assertArrayEquals(JPEG, photos.getFirst().jpeg());
    }

    @Test
    void otherBytesThanThePublishedOnesAreRefused() throws Exception {
        refused("it is not the zip that its authors published", serves("other", zip("a/b.jpg")), "0".repeat(64));
    }

    @Test
    void moreThanItCanBeIsNotRead() throws Exception {
        server.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] some = new byte[1 << 20];
            try (exchange) {
                for (int i = 0; i < 100; i++) {
                    exchange.getResponseBody().write(some);
                }
            } catch (IOException e) {
                // The reader has had enough.
            }
        });
        refused("it is larger than 25000000 bytes", URI.create(root + "endless"), "");
    }

    @Test
    void aRedirectIsFollowedOnThisHostAlone() throws Exception {
        byte[] zip = zip("test/healthy/a.jpg");
        serves("there", zip);
        leads("here", "/there");
        assertEquals(1, new PhotoArchive(client, Sha256.hex(zip)).fetch(URI.create(root + "here"), 2).size());
        for (String away : List.of("https://127.0.0.1:" + server.getAddress().getPort() + "/there",
                "https://localhost:1/there", "http://example.org/x.zip")) {
            String path = "away" + Math.floorMod(away.hashCode(), 1_000_000);
            leads(path, away);
            refused(" leads to " + away + ", which is another place", URI.create(root + path), "");
        }
        leads("round", "/round");
        refused("is not followed", URI.create(root + "round"), "");
    }

    @Test
    void whatIsNoPhotoOrNotThereIsNamed() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("test/healthy/a.jpg"));
            zip.write("<html>".getBytes(StandardCharsets.UTF_8));
        }
        refused("is called .jpg and is none", serves("fake", bytes.toByteArray()), Sha256.hex(bytes.toByteArray()));
        byte[] none = "no zip".getBytes(StandardCharsets.UTF_8);
        refused("there is no zip of photos at", serves("none", none), Sha256.hex(none));
        refused("the server says 404", URI.create(root + "missing"), "");
        refused("is not HTTPS", URI.create("http://127.0.0.1:1/x.zip"), "");
    }

    private static void refused(String why, URI source, String sha256) {
        Failure failure = assertThrows(Failure.class, () -> new PhotoArchive(client, sha256).fetch(source, 2));
        assertTrue(failure.getMessage().contains(why), failure.getMessage());
    }

    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(JPEG);
            }
        }
        return bytes.toByteArray();
    }

    private static URI serves(String path, byte[] body) {
        server.createContext("/" + path, exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        return URI.create(root + path);
    }

    private static void leads(String path, String to) {
        server.createContext("/" + path, exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().set("Location", to);
                exchange.sendResponseHeaders(302, -1);
            }
        });
    }

    private static Path store() throws IOException, InterruptedException {
        Path store = folder.resolve("keys");
        assertEquals(0,
                new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/keytool").toString(), "-genkeypair",
                        "-alias", "test", "-keyalg", "EC", "-dname", "CN=localhost", "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-storepass", "secret", "-keystore", store.toString()).redirectErrorStream(true)
                        .redirectOutput(folder.resolve("keytool").toFile()).start().waitFor());
        return store;
    }

    /// Knows one certificate, its own.
    private static SSLContext context(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, SECRET);
        }
        KeyManagerFactory ours = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        ours.init(keys, SECRET);
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(ours.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }
}
