package haricot.web;

import static haricot.web.Asked.PICTURE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MultipartFormTest {
    private static final String TYPE = "multipart/form-data; boundary=----b";

    @Test
    void oneFileIsOnePicture() {
        assertEquals("picture|||0", Asked.single(read(file("leaf.jpg", PICTURE), end())));
        assertEquals("picture|||0", Asked.single(read(bytes("preamble\r\n"), file("a;\"b\\\".jpg", PICTURE), end(),
                bytes("epilogue"))));
        assertEquals("picture|||0", Asked.single(read(file("", PICTURE), end())));
    }

    @Test
    void severalFilesAreABatchInOrder() {
        assertEquals("picture|||0 ABC|||0 EMPTY_BODY|",
                Asked.batch(read(file("1", PICTURE), file("2", bytes("ABC")), file("3", bytes("")), end())));
    }

    @Test
    void theBoundaryMayBeQuotedAndThePartsFolded() {
        byte[] body = bytes("--a b\r\ncontent-type: image/jpeg\r\nCONTENT-DISPOSITION: form-data;\r\n\tname=f; "
                + "FileName*=UTF-8''bl%C3%A4tt.jpg\r\n\r\nABC\r\n--a b--");
        assertEquals("ABC|||0",
                Asked.single(Asked.read(body, "Multipart/Form-Data; charset=x; Boundary=\"a b\"", Map.of())));
    }

    @Test
    void optionsMayBePartsToo() {
        assertEquals("picture||Beet ä|2",
                Asked.single(read(field("topK", "2"), file("leaf.jpg", PICTURE), field("clientId", "Beet ä"), end())));
        refuses(Code.INVALID_FIELD, "topK must be a whole number from 1 to 3, the number of labels, but is 'x'.",
                field("topK", "x"), file("a", PICTURE), end());
        refuses(Code.DUPLICATE_FIELD, "The field topK appears twice.", field("topK", "1"), field("topK", "1"),
                file("a", PICTURE), end());
        refuses(Code.UNKNOWN_FIELD, "There is no field 'image' here. The fields are topK and clientId, and a picture "
                + "has a file name (curl: -F image=@photo.jpg).", field("image", "ABC"), end());
    }

    @Test
    void noFileWasChosen() {
        String none = "There is no file in the form (curl: -F image=@photo.jpg).";
        refuses(Code.MISSING_IMAGE, none, end());
        refuses(Code.MISSING_IMAGE, none, file("", bytes("")), end());
        refuses(Code.MISSING_IMAGE, none, field("clientId", "a"), end());
        refuses(Code.EMPTY_BODY, "The file is empty.", file("leaf.jpg", bytes("")), end());
    }

    @Test
    void sixteenFilesAndNoMore() {
        byte[] sixteen = bytes("");
        for (int i = 0; i < 16; i++) {
            sixteen = join(sixteen, file("a", PICTURE));
        }
        assertEquals(16, ((Submission.Batch) read(sixteen, end())).entries().size());
        refuses(Code.TOO_MANY_IMAGES, "A request may hold at most 16 pictures. Send the rest in another.", sixteen,
                file("a", PICTURE), end());
    }

    @Test
    void whatIsNoForm() {
        String cannot = "The form cannot be read. ";
        String ends = cannot
                + "It ends before its closing boundary, or a part's headers do not end or are over 8192 bytes.";
        refuses(Code.MALFORMED_MULTIPART, ends, file("leaf.jpg", PICTURE));
        refuses(Code.MALFORMED_MULTIPART, ends, bytes("------b\r\nContent-Disposition: form-data"));
        refuses(Code.MALFORMED_MULTIPART, ends, bytes("------b\r\nX: " + "x".repeat(9000) + "\r\n\r\n"), end());
        refuses(Code.MALFORMED_MULTIPART, cannot + "The boundary that Content-Type names is not in the body.", PICTURE);
        refuses(Code.MALFORMED_MULTIPART, cannot + "A part has no Content-Disposition.",
                bytes("------b\r\nContent-Type: image/jpeg\r\n\r\nABC\r\n"), end());
        for (String type : new String[]{"multipart/form-data", "multipart/form-data; boundary=",
                "multipart/form-data; boundary=" + "b".repeat(201)}) {
            Asked.same(Code.MALFORMED_MULTIPART, "", cannot + "Content-Type names no boundary of 1 to 200 characters. "
                    + "Let your HTTP library write the header.",
                    assertThrows(Problem.class, () -> Asked.read(PICTURE, type, Map.of())));
        }
    }

    @Test
    void formsInsideFormsAreBytesOfAPicture() {
        byte[] layers = file("leaf.jpg", PICTURE);
        for (int i = 0; i < 200; i++) {
            String boundary = "layer" + i;
            layers = join(bytes("--" + boundary + "\r\nContent-Disposition: form-data; name=f; filename=f\r\n"
                    + "Content-Type: multipart/mixed; boundary=layer" + (i - 1) + "\r\n\r\n"), layers,
                    bytes("\r\n--" + boundary + "--\r\n"));
        }
        Submission read = Asked.read(layers, "multipart/form-data; boundary=layer199", Map.of());
        assertEquals("--layer198", Asked.single(read).substring(0, 10));
    }

    private static Submission read(byte[]... parts) {
        return Asked.read(join(parts), TYPE, Map.of());
    }

    private static void refuses(Code code, String detail, byte[]... parts) {
        Asked.same(code, "", detail, assertThrows(Problem.class, () -> read(parts)));
    }

    private static byte[] file(String name, byte[] content) {
        return join(bytes("------b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"" + name
                + "\"\r\nContent-Type: image/jpeg\r\n\r\n"), content, bytes("\r\n"));
    }

    private static byte[] field(String name, String value) {
        return bytes("------b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n");
    }

    private static byte[] end() {
        return bytes("------b--\r\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
