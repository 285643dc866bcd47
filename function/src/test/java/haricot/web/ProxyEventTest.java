package haricot.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProxyEventTest {
    @Test
    void restRoutesOnTheResourceFilledIn() {
        path("/", "{'httpMethod':'GET','resource':'/','path':'/base'}");
        path("/v1/classify", "{'httpMethod':'POST','resource':'/v1/classify','path':'/base/v1/classify'}");
        path("/v1/model", "{'httpMethod':'GET','resource':'/{proxy+}','path':'/base/v1/model',"
                + "'pathParameters':{'proxy':'v1/model'}}");
    }

    @Test
    void restFallsBackToThePath() {
        path("/v1/model", "{'httpMethod':'GET','path':'/v1/model'}");
        path("/v1/model", "{'httpMethod':'GET','resource':'/{proxy+}','path':'/v1/model','pathParameters':null}");
        path("/", "{'httpMethod':'GET','path':null}");
        path("/", "{'httpMethod':'GET','resource':null}");
    }

    @Test
    void aStageIsTakenOffTheRawPath() {
        path("/v1/classify", v2("/prod/v1/classify", "prod"));
        path("/", v2("/prod", "prod"));
        path("/", v2("/prod/", "prod"));
        path("/production", v2("/production", "prod"));
        path("/v1/classify", v2("/v1/classify", "$default"));
        path("/$default/x", v2("/$default/$default/x", "$default"));
        path("/", v2("", "$default"));
        path("/v1/classify", "{'rawPath':'/v1/classify','requestContext':{'http':{'method':'POST'}}}");
    }

    @Test
    void restHeadersOfOneNameAreJoined() {
        Request request = read("{'httpMethod':'get','headers':{'X-A':'2'},"
                + "'multiValueHeaders':{'X-A':['1','2'],'x-a':['3'],'Nothing':null}}");
        assertEquals(Map.of("x-a", "1, 2, 3"), request.headers());
        assertEquals("GET", request.method());
    }

    @Test
    void restHeadersMayComeOnce() {
        String event = "{'httpMethod':'GET','headers':{'Content-Type':'image/png','Gone':null},'multiValueHeaders':null}";
        assertEquals("image/png", read(event).header("content-type"));
        assertEquals("", read(event).header("gone"));
        assertEquals("", read(event).header("absent"));
    }

    @Test
    void restQueryIsDecodedAlreadyAndTheLastValueCounts() {
        Request request = read("{'httpMethod':'GET','queryStringParameters':{'a':'50%','b':'x','n':null},"
                + "'multiValueQueryStringParameters':{'b':['1','2'],'c':[]}}");
        assertEquals(Map.of("a", "50%", "b", "2", "n", ""), request.query());
    }

    @Test
    void rawQueryIsDecoded() {
        String event = "{'rawPath':'/','rawQueryString':'clientId=a%2Bb+c%C3%BC&topK=1&topK=3&flag&=x&&bad=%zz',"
                + "'queryStringParameters':{'topK':'1,3'},'requestContext':{'http':{'method':'GET'}}}";
        assertEquals(Map.of("clientId", "a+b cü", "topK", "3", "flag", "", "", "x", "bad", "%zz"), read(event).query());
    }

    @Test
    void cookiesAreAHeaderAgain() {
        String event = "{'cookies':['a=1','b=2'],'headers':{'accept':'*/*'},'requestContext':{'http':{'method':'GET'}}}";
        assertEquals(Map.of("accept", "*/*", "cookie", "a=1; b=2"), read(event).headers());
    }

    @Test
    void aBodyIsBinaryTextOrNone() {
        assertArrayEquals(new byte[]{(byte) 0xFF, 0}, ((Request.Binary) body("'/wA=','isBase64Encoded':true")).bytes());
        assertArrayEquals("ü".getBytes(StandardCharsets.UTF_8),
                ((Request.Text) body("'ü','isBase64Encoded':false")).bytes());
        assertEquals(0, ((Request.Text) body("null")).bytes().length);
        assertEquals(0, ((Request.Binary) body("null,'isBase64Encoded':true")).bytes().length);
        assertEquals(new Request.NotBase64(1), body("'/!A=','isBase64Encoded':true"));
    }

    @Test
    void aBodyIsTheSameHoweverItIsEscapedAndWhereverItStands() {
        byte[] json = "{\"image\":\"a/b\u00fc\"}\n".getBytes(StandardCharsets.UTF_8);
        for (String escaped : new String[]{"{\\\"image\\\":\\\"a/bü\\\"}\\n",
                "{\\\"image\\\":\\\"a\\/b\\u00fc\\\"}\\n"}) {
            for (String event : new String[]{"{'body':'" + escaped + "','httpMethod':'GET'}",
                    "{'httpMethod':'GET','body':'" + escaped + "'}",
                    "{'httpMethod':'GET','body':'else','body':'" + escaped + "','isBase64Encoded':false}"}) {
                assertArrayEquals(json, ((Request.Text) read(event).body()).bytes(), event);
            }
        }
        assertArrayEquals(new byte[]{(byte) 0xFF, 0},
                ((Request.Binary) body("'\\/wA=','isBase64Encoded':true")).bytes());
        assertEquals(new Request.NotBase64(1), body("'\\/!A=','isBase64Encoded':true"));
    }

    @Test
    void membersBehindTheBodyAreRead() {
        String event = "{'body':'','requestContext':{'http':{'method':'PUT'}},'rawPath':'/x','headers':{'A':'1'}}";
        assertEquals("PUT", read(event).method());
        assertEquals("/x", read(event).path());
        assertEquals("1", read(event).header("a"));
    }

    @Test
    void aBodyMayComeBesideItsEvent() {
        Request.Body body = new Request.Binary(new byte[]{1});
        byte[] event = "{\"httpMethod\":\"GET\",\"body\":\"else\"}".getBytes(StandardCharsets.UTF_8);
        assertEquals(body, ProxyEvent.read(event, body).body());
    }

    @Test
    void whatIsNoHttpRequestIsSaidSo() {
        for (String event : new String[]{"", "null", "1", "[]", "{}", "{'httpMethod':null}", "{'httpMethod':1}",
                "{'Records':[]}", "{'requestContext':{'http':{}}}", "{'httpMethod':'GET'", "[".repeat(100_000)}) {
            assertThrows(NotHttp.class, () -> read(event));
        }
    }

    /// As AWS documents them, cut to what tells them apart.
    @Test
    void eventsOfOtherServicesAreToldWhatWasExpected() {
        for (String event : new String[]{
                "{'Records':[{'messageId':'1','eventSource':'aws:sqs','body':'x'}]}",
                "{'Records':[{'eventSource':'aws:s3','s3':{'object':{'key':'leaf.jpg'}}}]}",
                "{'version':'0','detail-type':'Scheduled Event','source':'aws.events','detail':{}}"}) {
            NotHttp refused = assertThrows(NotHttp.class, () -> read(event));
            assertEquals("The event is not an HTTP request of API Gateway or of a function URL: it has neither "
                    + "httpMethod nor requestContext.http.method.", refused.getMessage());
        }
    }

    @Test
    void aLoadBalancersEventIsReadAsFarAsItGoes() {
        Request request = read("{'requestContext':{'elb':{'targetGroupArn':'arn:aws:x'}},'httpMethod':'POST',"
                + "'path':'/v1/classify','queryStringParameters':{'topK':'1'},'headers':{'content-type':'image/png'},"
                + "'body':'iVBORw==','isBase64Encoded':true}");
        assertEquals("POST /v1/classify {topK=1}", request.method() + " " + request.path() + " " + request.query());
        assertArrayEquals(new byte[]{(byte) 0x89, 'P', 'N', 'G'}, ((Request.Binary) request.body()).bytes());
    }

    @Test
    void membersOfTheWrongTypeAreNotThere() {
        Request request = read("{'httpMethod':'GET','headers':'x','multiValueHeaders':7,'queryStringParameters':[1],"
                + "'multiValueQueryStringParameters':'y','pathParameters':[],'body':{},'requestContext':'z','path':{}}");
        assertEquals(Map.of(), request.headers());
        assertEquals(Map.of(), request.query());
        assertEquals("/", request.path());
        assertInstanceOf(Request.Text.class, request.body());
    }

    @Test
    void anAnswerIsWhatEveryFrontTakes() throws IOException {
        Response response = new Response(418, Map.of("Content-Type", "text/plain"), "kurz und süß \"\n");
        JsonNode json = new JsonMapper().readTree(ProxyEvent.write(response.with("Vary", "Origin")));
        assertEquals(new JsonMapper().readTree("""
                {"statusCode": 418, "headers": {"Content-Type": "text/plain", "Vary": "Origin"},
                 "body": "kurz und süß \\"\\n", "isBase64Encoded": false}"""), json);
    }

    private static String v2(String rawPath, String stage) {
        return "{'rawPath':'" + rawPath + "','requestContext':{'stage':'" + stage + "','http':{'method':'GET'}}}";
    }

    private static void path(String expected, String event) {
        assertEquals(expected, read(event).path(), event);
    }

    private static Request.Body body(String body) {
        return read("{'httpMethod':'POST','body':" + body + "}").body();
    }

    private static Request read(String event) {
        return ProxyEvent.read(event.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
