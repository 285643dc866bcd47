package haricot.local.host;

import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.TimeoutException;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/// S3 on the loopback interface over plain files: object `flags/a.json` of bucket `haricot` is the file
/// `FOLDER/haricot/flags/a.json`. Several may serve one folder, in one process or in many: every object is
/// written aside and moved into place.
public final class EmbeddedS3 implements AutoCloseable {
    private static final String ELSEWHERE = ": --data or HARICOT_DATA names another";
    private static final String IDENTITY = "haricot";
    /// With less than this left on a disk, whatever fails there most likely fails for it.
    private static final long SCARCE_BYTES = 64_000_000;
    /// Its own 30 seconds are spent on connections that clients keep open and do not use.
    private static final long STOP_MILLIS = 200;

    private final Path folder;
    private final S3Proxy proxy;
    private final String secret;
    private final int port;

    /// Starts on a free port with a secret of its own: a web page in the user's browser can reach the loopback
    /// interface too, and must not be able to write here.
    ///
    /// @param folder created if it is missing
    /// @throws IOException when the folder cannot be used
    public EmbeddedS3(Path folder) throws IOException {
        this(folder, 0, newSecret());
    }

    /// Starts in place of another that has been closed, so that its clients can go on.
    public EmbeddedS3(Path folder, EmbeddedS3 gone) throws IOException {
        this(folder, gone.port, gone.secret);
    }

    private EmbeddedS3(Path folder, int wantedPort, String secret) throws IOException {
        this.folder = folder;
        this.secret = secret;
        try {
            Files.createDirectories(folder);
        } catch (AccessDeniedException e) {
            throw new IOException("no permission to make the folder " + folder + ELSEWHERE, e);
        }
        if (!Files.isWritable(folder)) {
            throw new IOException("no permission to write into " + folder + ELSEWHERE);
        }
        proxy = S3Proxy.builder().blobStore(new FilesystemNio2BlobStore(folder.toAbsolutePath().toString()))
                .endpoint(URI.create("http://127.0.0.1:" + wantedPort))
                .awsAuthentication(AuthenticationType.AWS_V4, IDENTITY, secret).stopTimeout(STOP_MILLIS)
                .build();
        try {
            proxy.start();
        } catch (Exception e) {
            throw new IOException("S3 over the files of " + folder + " does not start", e);
        }
        port = proxy.getPort();
    }

    /// Where it listens, for the SDK's `endpointOverride`.
    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /// A client with all the time that it needs. The caller closes it.
    public S3Client client() {
        return configure(S3Client.builder().httpClientBuilder(UrlConnectionHttpClient.builder())).build();
    }

    /// Points a client here, whatever else it is told.
    public S3ClientBuilder configure(S3ClientBuilder builder) {
        // With chunked PUTs and this HTTP client S3Proxy 4.1 loses some answers (17 to 157 of 1,000): a conditional
        // write that is then repeated is told that it lost to itself.
        return builder.endpointOverride(address()).region(Region.US_EAST_1).forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(IDENTITY, secret)))
                .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false));
    }

    /// What it could not do, in words for the person whose folder this is: S3 itself only says that something went wrong.
    public Failure refusal(SdkException refused) {
        String place = Here.relative(folder).toString();
        long left = folder.toFile().getUsableSpace();
        return new Failure(left < SCARCE_BYTES
                ? "%s cannot be written: %d MB are left on its disk%s".formatted(place, left / 1_000_000, ELSEWHERE)
                : place + ": " + refused.getMessage(), refused);
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (TimeoutException e) {
            // Some client kept a connection open, which is closed now.
        } catch (Exception e) {
            throw new IllegalStateException("S3 at " + address() + " does not stop", e);
        }
    }

    private static String newSecret() {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
