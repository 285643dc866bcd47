package haricot.local.classify;

import haricot.bucket.Sha256;
import haricot.local.host.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// A zip of photos in folders named after their labels, on a server that is not ours and may send anything.
final class PhotoArchive {
    /// The test split has 17.7 MB, its photos up to 200 kB.
    private static final int LARGEST = 25_000_000;
    private static final int LARGEST_PHOTO = 2_000_000;
    private static final int MOST_ENTRIES = 2_000;
    private static final int MOST_REDIRECTS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /// The last folder is the label. Names are made anew: nothing of what the server calls its files becomes a path but this.
    private static final Pattern ENTRY = Pattern.compile("(?:[^/]+/)*([a-z][a-z0-9_-]{0,63})/[^/]+\\.jpe?g",
            Pattern.CASE_INSENSITIVE);

    private final HttpClient client;
    private final String sha256;

    /// @param client that follows no redirects by itself
    /// @param sha256 of the zip, lower-case hexadecimal
    PhotoArchive(HttpClient client, String sha256) {
        this.client = client;
        this.sha256 = sha256;
    }

    /// One that was in the zip.
    ///
    /// @param name of a file, made of label and number
    record Photo(String label, String name, byte[] jpeg) {}

    /// The first few of every label.
    ///
    /// @throws Failure when they cannot be had, or are not what they should be
    List<Photo> fetch(URI source, int each) throws InterruptedException {
        try (InputStream body = open(source, MOST_REDIRECTS)) {
            byte[] bytes = body.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new IOException("it is larger than " + LARGEST + " bytes");
            }
            if (!Sha256.hex(bytes).equals(sha256)) {
                throw new IOException("it is not the zip that its authors published");
            }
            List<Photo> photos = read(new ZipInputStream(new ByteArrayInputStream(bytes)), each);
            if (photos.isEmpty()) {
                throw new Failure("there is no zip of photos at " + source);
            }
            return photos;
        } catch (IOException e) {
            throw new Failure("cannot fetch " + source + ": "
                    + (e.getMessage() == null ? "there is no connection" : e.getMessage())
                    + "; the data set is AI-Lab-Makerere/beans wherever data sets are listed", e);
        }
    }

    private InputStream open(URI source, int redirects) throws IOException, InterruptedException {
        if (!"https".equals(source.getScheme())) {
            throw new Failure(source + " is not HTTPS: somebody on the way could send other pictures");
        }
        HttpResponse<InputStream> response = client.send(HttpRequest.newBuilder(source).timeout(PATIENCE).build(),
                BodyHandlers.ofInputStream());
        if (response.statusCode() == 200) {
            return response.body();
        }
        response.body().close();
        if (response.statusCode() / 100 != 3) {
            throw new IOException("the server says " + response.statusCode());
        }
        URI next = source.resolve(response.headers().firstValue("Location").orElse(""));
        if (!source.getAuthority().equals(next.getAuthority()) || redirects == 0) {
            throw new Failure(source + " leads to " + next + ", which is another place: it is not followed");
        }
        return open(next, redirects - 1);
    }

    private static List<Photo> read(ZipInputStream zip, int each) throws IOException {
        List<Photo> photos = new ArrayList<>();
        Map<String, Integer> counts = new TreeMap<>();
        int entries = 0;
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (++entries > MOST_ENTRIES) {
                throw new IOException("it holds more than " + MOST_ENTRIES + " files");
            }
            Matcher name = ENTRY.matcher(entry.getName());
            if (name.matches() && counts.merge(name.group(1), 1, Integer::sum) <= each) {
                String label = name.group(1);
                photos.add(new Photo(label, label + "-" + counts.get(label) + ".jpg", jpeg(zip)));
            }
        }
        return photos;
    }

    private static byte[] jpeg(InputStream entry) throws IOException {
        byte[] bytes = entry.readNBytes(LARGEST_PHOTO + 1);
        if (bytes.length > LARGEST_PHOTO) {
            throw new IOException("a photo in it has more than " + LARGEST_PHOTO + " bytes");
        }
        if (bytes.length < 3 || bytes[0] != (byte) 0xFF || bytes[1] != (byte) 0xD8 || bytes[2] != (byte) 0xFF) {
            throw new IOException("a file in it is called .jpg and is none");
        }
        return bytes;
    }
}
