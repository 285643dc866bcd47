package haricot.api;

import haricot.picture.raster.UnreadablePicture;
import haricot.web.Code;
import haricot.web.Problem;

/// Says in terms of HTTP why a picture cannot be judged.
final class Refusal {
    private Refusal() {}

    static Problem of(UnreadablePicture unreadable, String pointer) {
        Code code = switch (unreadable.reason()) {
            case UNSUPPORTED_FORMAT -> Code.UNSUPPORTED_FORMAT;
            case ANIMATED -> Code.ANIMATED;
            case UNDECODABLE -> Code.UNDECODABLE;
            case TRUNCATED -> Code.TRUNCATED;
            case TOO_MANY_PIXELS -> Code.TOO_MANY_PIXELS;
        };
        return new Problem(code, pointer, unreadable.getMessage());
    }
}
