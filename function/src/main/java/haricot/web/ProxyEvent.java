package haricot.web;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/// The events in which AWS passes on HTTP requests, and the answer it expects: of API
/// Gateway's REST APIs (payload 1.0), of its HTTP APIs (payload 2.0), and of function
/// URLs (2.0 without a stage).
///
/// An event of another kind that has the members of payload 1.0, such as a load
/// balancer's, is read as far as these go.
public final class ProxyEvent {
    private static final JsonMapper JSON = new JsonMapper();

    private ProxyEvent() {}

    /// @throws NotHttp when it is not the event of an HTTP request
    public static Request read(byte[] event) {
        EventJson json = parse(event);
        return request(json.members(), EventBody.of(json.body(), json.members().path("isBase64Encoded").asBoolean()));
    }

    /// The same for an event whose body came beside it.
    ///
    /// @throws NotHttp when it is no event of an HTTP request
    public static Request read(byte[] event, Request.Body body) {
        return request(parse(event).members(), body);
    }

    private static Request request(JsonNode event, Request.Body body) {
        if (event.path("httpMethod").isTextual()) {
            return RestEvent.request(event, body);
        }
        if (event.path("requestContext").path("http").path("method").isTextual()) {
            return HttpApiEvent.request(event, body);
        }
        throw new NotHttp("The event is not an HTTP request of API Gateway or of a function URL: it has neither "
                + "httpMethod nor requestContext.http.method.");
    }

    /// The answer, in the form that all of the fronts take.
    public static byte[] write(Response response) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("statusCode", response.status());
        ObjectNode headers = json.putObject("headers");
        response.headers().forEach(headers::put);
        json.put("body", response.body()).put("isBase64Encoded", false);
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JacksonException e) {
            throw new UncheckedIOException("could not write an answer of status " + response.status(), e);
        }
    }

    private static EventJson parse(byte[] event) {
        try {
            return EventJson.read(event);
        } catch (IOException e) {
            throw new NotHttp("The event cannot be read as JSON.", e);
        }
    }
}
