package haricot.api;

import haricot.bucket.UuidV7;
import haricot.web.Code;
import haricot.web.Cors;
import haricot.web.Problem;
import haricot.web.Problems;
import haricot.web.ProxyEvent;
import haricot.web.Request;
import haricot.web.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// Answers every request that reaches the function: what each path and method does, and what goes wrong.
public final class Routes {
    private final boolean apiKeyRequired;
    private final Classify classify;
    private final Claims claims;
    private final Pages pages;
    private final Cors cors;
    private final UuidV7 ids;
    private final Clock clock;
    private final Log log;

    /// A path that exists, and what it does.
    private enum Route {
        PAGE("/", "GET"),
        CLASSIFY("/v1/classify", "POST"),
        CLAIMS("/v1/claims", "POST"),
        MODEL("/v1/model", "GET"),
        EXAMPLES("/v1/examples", "GET"),
        HEALTH("/v1/health", "GET"),
        OPENAPI("/openapi.json", "GET"),
        DOCS("/docs", "GET"),
        CARD("/model", "GET");

        private final String path;
        private final String method;

        Route(String path, String method) {
            this.path = path;
            this.method = method;
        }

        static Route of(String path) {
            for (Route route : values()) {
                if (route.path.equals(path)) {
                    return route;
                }
            }
            throw new Problem(Code.NOT_FOUND, "There is nothing here. POST a picture to /v1/classify, or GET /.");
        }

        /// A GET answers HEAD too.
        boolean allows(String asked) {
            return asked.equals(method) || (asked.equals("HEAD") && method.equals("GET"));
        }

        String allow() {
            return method.equals("GET") ? "GET, HEAD, OPTIONS" : method + ", OPTIONS";
        }
    }

    /// @param apiKeyRequired whether the gateway asks for a key on `POST /v1/classify` and `/v1/claims`
    public Routes(boolean apiKeyRequired, Classify classify, Claims claims, Pages pages, Cors cors, UuidV7 ids,
            Clock clock, Log log) {
        this.apiKeyRequired = apiKeyRequired;
        this.classify = classify;
        this.claims = claims;
        this.pages = pages;
        this.cors = cors;
        this.ids = ids;
        this.clock = clock;
        this.log = log;
    }

    /// Answers an event of Lambda with the bytes that it hands back.
    ///
    /// @throws haricot.web.NotHttp when it is no event of an HTTP request
    public byte[] answerEvent(byte[] event, Invocation invocation) {
        Instant came = clock.instant();
        return ProxyEvent.write(answer(ProxyEvent.read(event), invocation, came));
    }

    /// Answers a request that reached the function without an event. Never throws.
    public Response answer(Request request, Invocation invocation) {
        return answer(request, invocation, clock.instant());
    }

    private Response answer(Request request, Invocation invocation, Instant came) {
        log.during(invocation);
        try {
            return answer(request, came);
        } finally {
            log.during(Invocation.NONE);
        }
    }

    /// Never throws: what is not the caller's fault is logged and answered 500.
    ///
    /// @param came when the request's event arrived
    private Response answer(Request request, Instant came) {
        String id = ids.next();
        Reply reply = attempt(request, id, came);
        log.request(id, reply, request.method(), Duration.between(came, clock.instant()).toMillis());
        Response response = request.method().equals("HEAD") ? reply.response().withBody("") : reply.response();
        return cors.on(request, response.with("X-Request-Id", id));
    }

    /// Writes what it counted and has not written yet. Lambda ends an environment without notice, but a laptop's knows
    /// when it stops, and then the report misses no answer. Never throws; no request may come after it.
    public void finish() {
        classify.finish();
    }

    private Reply attempt(Request request, String id, Instant came) {
        String path = "other";
        try {
            Route route = Route.of(request.path());
            path = route.path;
            return dispatch(route, request, id, came);
        } catch (Problem problem) {
            return problem(problem, path, id);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            log.internal(id, e);
            return problem(new Problem(Code.INTERNAL, "Something went wrong here. Try again."), path, id);
        }
    }

    private Reply dispatch(Route route, Request request, String id, Instant came) {
        if (request.method().equals("OPTIONS")) {
            return new Reply(new Response(204, Map.of("Allow", route.allow()), ""), route.path, "");
        }
        if (!route.allows(request.method())) {
            Reply refused = problem(new Problem(Code.METHOD_NOT_ALLOWED, "Use " + route.allow() + "."), route.path,
                    id);
            return new Reply(refused.response().with("Allow", route.allow()), route.path, refused.code());
        }
        Response response = switch (route) {
            case PAGE -> pages.page();
            case CLASSIFY -> classify(request, id, came);
            case CLAIMS -> claim(request);
            case MODEL -> pages.model();
            case EXAMPLES -> pages.examples();
            case HEALTH -> pages.health();
            case OPENAPI -> pages.openApi();
            case DOCS -> pages.docs();
            case CARD -> pages.card();
        };
        return new Reply(response, route.path, "");
    }

    private Response classify(Request request, String id, Instant came) {
        try {
            requireKeyed(request, Route.CLASSIFY);
            return classify.answer(request, id, came);
        } catch (Problem problem) {
            classify.refused(problem.code());
            throw problem;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            classify.refused(Code.INTERNAL);
            throw e;
        }
    }

    /// Counted nowhere: a claim is no answer.
    private Response claim(Request request) {
        requireKeyed(request, Route.CLAIMS);
        return claims.answer(request);
    }

    /// The gateway asks for the key only on routes of their own. An encoded slash (`/v1%2Fclassify`) would come through
    /// `/{proxy+}` and around it.
    private void requireKeyed(Request request, Route route) {
        if (apiKeyRequired && !request.resource().equals(route.path)) {
            throw new Problem(Code.API_KEY, "Send an API key in the header x-api-key to " + route.path + ".");
        }
    }

    private static Reply problem(Problem problem, String path, String id) {
        return new Reply(Problems.response(problem, id), path, problem.code().word());
    }
}
