package haricot.web;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.apache.commons.fileupload2.core.ParameterParser;

/// A body of `multipart/form-data` (RFC 7578). Every part with a file name is a picture;
/// `topK` and `clientId` may be among the other parts. Parts inside parts are not looked
/// for: they are bytes of a picture that is not one.
final class MultipartForm {
    /// Browsers and curl need under 300 bytes, most of them the file's name.
    private static final int PART_HEADERS = 8192;

    /// RFC 2046 allows 70 characters.
    private static final int BOUNDARY = 200;

    private final Options asked;
    private final int labels;
    private final List<Submission.Entry> files = new ArrayList<>();
    private final Map<String, String> fields = new HashMap<>();
    private int fileParts;

    /// @param asked in the query: the fields of the form win
    MultipartForm(Options asked, int labels) {
        this.asked = asked;
        this.labels = labels;
    }

    /// @param contentType with the boundary
    Submission read(byte[] bytes, String contentType) {
        String boundary = parameters(contentType).getOrDefault("boundary", "");
        if (boundary.isEmpty() || boundary.length() > BOUNDARY) {
            throw malformed("Content-Type names no boundary of 1 to " + BOUNDARY
                    + " characters. Let your HTTP library write the header.");
        }
        try {
            parts(bytes, boundary);
        } catch (IOException e) {
            throw malformed("It ends before its closing boundary, or a part's headers do not end or are over "
                    + PART_HEADERS + " bytes.");
        }
        return submission();
    }

    private void parts(byte[] bytes, String boundary) throws IOException {
        MultipartInput parts = MultipartInput.builder().setInputStream(new ByteArrayInputStream(bytes))
                .setBoundary(boundary.getBytes(StandardCharsets.ISO_8859_1)).setBufferSize(1 << 16)
                .setMaxPartHeaderSize(PART_HEADERS).get();
        parts.setHeaderCharset(StandardCharsets.UTF_8);
        boolean more = parts.skipPreamble();
        if (!more && !new String(bytes, StandardCharsets.ISO_8859_1).startsWith("--" + boundary + "--")) {
            throw malformed("The boundary that Content-Type names is not in the body.");
        }
        while (more) {
            Map<String, String> disposition = disposition(parts.readHeaders());
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            parts.readBodyData(content);
            part(disposition, content.toByteArray());
            more = parts.readBoundary();
        }
    }

    private void part(Map<String, String> disposition, byte[] content) {
        if (disposition.containsKey("filename")) {
            file(disposition, content);
        } else {
            field(disposition.getOrDefault("name", ""), content);
        }
    }

    /// A browser sends an empty file input as a file without a name or bytes.
    private void file(Map<String, String> disposition, byte[] content) {
        if (++fileParts > Limits.IMAGES) {
            throw new Problem(Code.TOO_MANY_IMAGES,
                    "A request may hold at most " + Limits.IMAGES + " pictures. Send the rest in another.");
        }
        if (content.length > 0) {
            files.add(new Submission.Item(content, "", "", 0));
        } else if (!disposition.get("filename").isEmpty()) {
            files.add(new Submission.Unreadable(new Problem(Code.EMPTY_BODY, "The file is empty."), ""));
        }
    }

    private void field(String name, byte[] content) {
        if (!name.equals(Options.TOP_K) && !name.equals(Options.CLIENT_ID)) {
            throw new Problem(Code.UNKNOWN_FIELD, "There is no field " + Quote.of(name)
                    + " here. The fields are topK and clientId, and a picture has a file name (curl: -F image=@photo.jpg).");
        }
        if (fields.put(name, new String(content, StandardCharsets.UTF_8)) != null) {
            throw new Problem(Code.DUPLICATE_FIELD, "The field " + name + " appears twice.");
        }
    }

    private Submission submission() {
        if (files.isEmpty()) {
            throw new Problem(Code.MISSING_IMAGE, "There is no file in the form (curl: -F image=@photo.jpg).");
        }
        String topK = fields.get(Options.TOP_K);
        String clientId = fields.get(Options.CLIENT_ID);
        Options options = new Options(
                topK == null ? asked.topK() : Options.topK(topK, labels, Code.INVALID_FIELD, ""),
                clientId == null ? asked.clientId() : Options.clientId(clientId, Code.INVALID_FIELD, ""));
        List<Submission.Entry> entries = files.stream().map(options::on).toList();
        if (entries.size() > 1) {
            return new Submission.Batch(entries);
        }
        return switch (entries.getFirst()) {
            case Submission.Item item -> new Submission.Single(item);
            case Submission.Unreadable(Problem problem, String _) -> throw problem;
        };
    }

    private static Map<String, String> disposition(String headers) {
        for (String line : headers.replaceAll("\\r\\n[ \\t]+", " ").split("\\r\\n", -1)) {
            if (line.regionMatches(true, 0, "Content-Disposition:", 0, 20)) {
                return parameters(line.substring(20));
            }
        }
        throw malformed("A part has no Content-Disposition.");
    }

    private static Map<String, String> parameters(String header) {
        ParameterParser parser = new ParameterParser();
        parser.setLowerCaseNames(true);
        Map<String, String> parameters = parser.parse(header, ';');
        parameters.replaceAll((_, value) -> value == null ? "" : value);
        return parameters;
    }

    private static Problem malformed(String what) {
        return new Problem(Code.MALFORMED_MULTIPART, "The form cannot be read. " + what);
    }
}
