package haricot.web;

import static haricot.web.Asked.BASE64;
import static haricot.web.Asked.PICTURE;
import static haricot.web.Asked.json;
import static haricot.web.Asked.refuses;
import static haricot.web.Asked.refusesInPlace;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Base64;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class JsonFormTest {
    private static final String TYPE = "A picture must be a string of base64";

    @Test
    void onePicture() {
        assertEquals("picture|/image||0", Asked.single(json("{'image':'" + BASE64 + "'}")));
        assertEquals("picture|/image|a/b|2",
                Asked.single(json(" \r\n{'topK':2,'image':'" + BASE64 + "','clientId':'a/b'}\n")));
        assertEquals("picture|/image||0", Asked.single(json("{'image':'" + BASE64 + "','clientId':null,'topK':null}")));
        assertEquals("picture|/image||0", Asked.single(json("\uFEFF{'image':'" + BASE64 + "'}")));
    }

    @Test
    void everyWayToWriteBase64() {
        String urlSafe = Base64.getUrlEncoder().withoutPadding().encodeToString(PICTURE);
        for (String text : new String[]{urlSafe, BASE64.substring(0, 4) + "\\r\\n" + BASE64.substring(4),
                BASE64.substring(0, 4) + "\n" + BASE64.substring(4), "data:image/jpeg;base64," + BASE64,
                "DATA:;BASE64," + urlSafe,
                "data:image/svg+xml;charset=utf-8;base64," + BASE64, BASE64.replace("/", "\\/"),
                BASE64.replace("A", "\\u0041")}) {
            assertEquals("picture|/image||0", Asked.single(json("{'image':'" + text + "'}")), text);
        }
    }

    @Test
    void severalPicturesInOrder() {
        assertEquals("picture|/images/0|all|3 ABC|/images/1/image|one|3 MISSING_IMAGE|all",
                Asked.batch(json("{'images':['" + BASE64 + "',{'clientId':'one','image':'QUJD'},{}],"
                        + "'topK':3,'clientId':'all'}")));
        assertEquals("picture|/images/0||0", Asked.batch(json("{'images':['" + BASE64 + "']}")));
    }

    @Test
    void sixteenPicturesAndNoMore() {
        String sixteen = String.join(",", Collections.nCopies(16, "'QUJD'"));
        assertEquals(16, ((Submission.Batch) json("{'images':[" + sixteen + "]}")).entries().size());
        refuses(Code.TOO_MANY_IMAGES, "/images", "A request may hold at most 16 pictures. Send the rest in another.",
                "{'images':[" + sixteen + ",'QUJD']}");
    }

    @Test
    void badBase64IsNamedByItsPosition() {
        refuses(Code.BAD_BASE64, "/image", "This is not base64: character 3 is '%' (counted from 0).",
                "{'image':'QUJ%'}");
        refuses(Code.BAD_BASE64, "/image", "This is not base64: it ends in the middle of a group, at character 5"
                + " (counted from 0).", "{'image':'QUJDQ'}");
        refuses(Code.BAD_BASE64, "/image", "This is not base64: character 4 is '.' (counted from 0).",
                "{'image':'leaf.jpg'}");
        refuses(Code.BAD_BASE64, "/image", "This is not base64: character 24 is '😀' (counted from 0).",
                "{'image':'data:image/jpeg;base64,Q😀'}");
        refuses(Code.BAD_BASE64, "/image", "This is not base64: character 4 is ':' (counted from 0).",
                "{'image':'data:image/svg+xml,%3Csvg'}");
        refuses(Code.BAD_BASE64, "/image", "This is not base64: character 0 is '\uFFFD' (counted from 0).",
                "{'image':'\\ud800'}");
    }

    @Test
    void addressesAreNotFetched() {
        for (String url : new String[]{"http://a.example/leaf.jpg", "HTTPS://a", "s3://bucket/key",
                "file:///etc/passwd",
                " ftp://x", "blob:http://a/b", "gopher:x"}) {
            refuses(Code.IMAGE_URL, "/image", "This is an address, and nothing that a caller names is fetched. "
                    + "Send the picture itself, as base64.", "{'image':'" + url + "'}");
        }
    }

    @Test
    void fieldsOfTheWrongType() {
        refuses(Code.INVALID_FIELD, "/image", TYPE + ", but is null.", "{'image':null}");
        refuses(Code.INVALID_FIELD, "/image", TYPE + ", but is an array.", "{'image':['QUJD']}");
        refuses(Code.INVALID_FIELD, "/image", TYPE + ", but is an object.", "{'image':{}}");
        refuses(Code.INVALID_FIELD, "/images", "images must be an array, but is a string.", "{'images':'QUJD'}");
        refuses(Code.INVALID_FIELD, "/topK", "topK must be a whole number, but is a string.", "{'topK':'3'}");
        refuses(Code.INVALID_FIELD, "/topK", "topK must be a whole number, but is a number.", "{'topK':3.0}");
        refuses(Code.INVALID_FIELD, "/clientId", "clientId must be a string, but is true.", "{'clientId':true}");
        refuses(Code.INVALID_FIELD, "/images", "Send either image or images, not both.",
                "{'images':['QUJD'],'image':'QUJD'}");
    }

    @Test
    void valuesOutOfRange() {
        for (String topK : new String[]{"0", "4", "-1", "123456789012345678901234567890"}) {
            refuses(Code.INVALID_FIELD, "/topK",
                    "topK must be a whole number from 1 to 3, the number of labels, but is '"
                            + topK + "'.",
                    "{'topK':" + topK + "}");
        }
        String longest = "😀".repeat(128);
        assertEquals("ABC|/image|" + longest + "|0",
                Asked.single(json("{'image':'QUJD','clientId':'" + longest + "'}")));
        refuses(Code.INVALID_FIELD, "/clientId", "clientId may have at most 128 characters, but has 129.",
                "{'clientId':'" + longest + "x'}");
        String marks = "clientId may hold neither control characters nor half of a surrogate pair.";
        refuses(Code.INVALID_FIELD, "/clientId", marks, "{'clientId':'a\\nb'}");
        refuses(Code.INVALID_FIELD, "/clientId", marks, "{'clientId':'\\u0000'}");
        refuses(Code.INVALID_FIELD, "/clientId", marks, "{'clientId':'\\ud800x'}");
    }

    @Test
    void fieldsThatAreNoneAreNamed() {
        String fields = " here. The fields are image, images, topK and clientId.";
        refuses(Code.UNKNOWN_FIELD, "/img", "There is no field 'img'" + fields, "{'img':'QUJD'}");
        refuses(Code.UNKNOWN_FIELD, "/a~1b~0c", "There is no field 'a/b~c'" + fields, "{'a/b~c':[[[[1]]]]}");
        refuses(Code.UNKNOWN_FIELD, "/", "There is no field ''" + fields, "{'':1}");
        refuses(Code.UNKNOWN_FIELD, "/\u0000\n", "There is no field '\uFFFD\uFFFD'" + fields, "{'\\u0000\\n':1}");
        refuses(Code.UNKNOWN_FIELD, "/" + "x".repeat(50), "There is no field '" + "x".repeat(40) + "…'" + fields,
                "{'" + "x".repeat(50) + "':1}");
        refuses(Code.DUPLICATE_FIELD, "/image", "The field 'image' appears twice.",
                "{'image':'QUJD','image':'QUJD'}");
    }

    @Test
    void nothingToClassify() {
        String none = "There is no picture here. Send {\"image\": \"…\"} or {\"images\": [\"…\", \"…\"]} with base64.";
        refuses(Code.MISSING_IMAGE, "", none, "{}");
        refuses(Code.MISSING_IMAGE, "", none, "{'topK':1}");
        refuses(Code.MISSING_IMAGE, "/images", none, "{'images':[]}");
        refuses(Code.MISSING_IMAGE, "/image", "The picture is an empty string. Send its bytes as base64.",
                "{'image':'data:image/png;base64,'}");
    }

    @Test
    void aPlaceThatCannotBeReadIsAnsweredInItsPlace() {
        refusesInPlace(Code.BAD_BASE64, "/images/1", "This is not base64: character 0 is '?' (counted from 0).", "'?'");
        refusesInPlace(Code.BAD_BASE64, "/images/1/image", "This is not base64: character 0 is '?' (counted from 0).",
                "{'image':'?','clientId':'a'}");
        refusesInPlace(Code.INVALID_FIELD, "/images/1", TYPE + ", or an object, but is a number.", "1e5");
        refusesInPlace(Code.INVALID_FIELD, "/images/1", TYPE + ", or an object, but is an array.", "[[{'a':[]}],2]");
        refusesInPlace(Code.INVALID_FIELD, "/images/1/image", TYPE + ", but is an object.", "{'image':{'b':[1]}}");
        refusesInPlace(Code.UNKNOWN_FIELD, "/images/1/top~1K",
                "There is no field 'top/K' here. The fields are image and clientId.", "{'image':'QUJD','top/K':[{}]}");
        refusesInPlace(Code.DUPLICATE_FIELD, "/images/1/image", "The field 'image' appears twice.",
                "{'image':'QUJD','image':'QUJD'}");
        refusesInPlace(Code.MISSING_IMAGE, "/images/1", "There is no picture here. Send it as image, in base64.",
                "{'clientId':'x'}");
    }

    @Test
    void whatIsNoJson() {
        String wrong = "The body is not valid JSON: it goes wrong at line ";
        refuses(Code.MALFORMED_JSON, "", wrong + "1, column 2.", "{image:1}");
        refuses(Code.MALFORMED_JSON, "", wrong + "2, column 9.", "{\n'image' 'QUJD'}");
        refuses(Code.MALFORMED_JSON, "", wrong + "1, column 17.", "{'image':'QUJD',}");
        refuses(Code.MALFORMED_JSON, "", wrong + "1, column 12.", "{'topK':NaN}");
        refuses(Code.MALFORMED_JSON, "", "The JSON ends too early, at line 1, column 15.", "{'image':'QUJD");
        refuses(Code.MALFORMED_JSON, "", wrong + "1, column 19.", "{'images':['QUJD',");
        refuses(Code.MALFORMED_JSON, "", "There is more after the JSON object. Send one object.",
                "{'image':'QUJD'} {'image':'QUJD'}");
        refuses(Code.MALFORMED_JSON, "", "The body is declared as JSON, so it must be an object: {\"image\": \"…\"}.",
                "['QUJD']");
    }

    @Test
    void jsonIsBoundedInDepthAndLength() {
        String bound = "The JSON is nested deeper than 16 levels, or has a name over 1000 characters or a number over 100, at ";
        refuses(Code.MALFORMED_JSON, "", bound + "line 1, column 27.", "{'images':[" + "[".repeat(100_000));
        refuses(Code.MALFORMED_JSON, "", bound + "line 1, column 110.", "{'topK':" + "1".repeat(101) + "}");
        assertEquals(Code.MALFORMED_JSON,
                assertThrows(Problem.class, () -> json("{'" + "n".repeat(5000) + "':1}")).code());
        refuses(Code.INVALID_FIELD, "/image", TYPE + ", but is an array.", "{'image':" + "[".repeat(100_000));
    }
}
