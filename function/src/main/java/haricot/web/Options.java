package haricot.web;

import java.util.List;
import java.util.Map;

/// What a caller may ask for besides a picture.
///
/// @param topK how many labels to show; 0 if the caller did not say
/// @param clientId the caller's own id, empty where there is none
record Options(int topK, String clientId) {
    static final String TOP_K = "topK";
    static final String CLIENT_ID = "clientId";
    /// `top_k` and `client_id` are two letters away; at three most words of four letters would be.
    private static final int MISSPELLED = 2;

    /// From the query, where every form may have them. Other parameters are ignored, for links
    /// and caches add their own; but not one that is nearly ours, which its sender would take for heard.
    ///
    /// @throws Problem `invalid-parameter`
    static Options of(Map<String, String> query, int labels) {
        query.keySet().forEach(Options::refuseMisspelled);
        String topK = query.get(TOP_K);
        String clientId = query.getOrDefault(CLIENT_ID, "");
        return new Options(topK == null ? 0 : topK(topK, labels, Code.INVALID_PARAMETER, ""),
                clientId(clientId, Code.INVALID_PARAMETER, ""));
    }

    private static void refuseMisspelled(String name) {
        for (String ours : List.of(TOP_K, CLIENT_ID)) {
            if (!name.equals(ours) && Spelling.distance(name, ours) <= MISSPELLED) {
                throw new Problem(Code.INVALID_PARAMETER,
                        "There is no parameter " + Quote.of(name) + ": did you mean " + ours + "?");
            }
        }
    }

    /// A picture with them, and with its own `clientId` where it has one.
    Submission.Entry on(Submission.Entry entry) {
        return switch (entry) {
            case Submission.Item(byte[] bytes, String pointer, String own, int _) ->
                new Submission.Item(bytes, pointer, own.isEmpty() ? clientId : own, topK);
            case Submission.Unreadable(Problem problem, String own) ->
                new Submission.Unreadable(problem, own.isEmpty() ? clientId : own);
        };
    }

    /// @param text decimal digits: no sign, no space, no exponent
    /// @throws Problem with that code
    static int topK(String text, int labels, Code code, String pointer) {
        boolean digits = !text.isEmpty() && text.length() <= 6 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int topK = digits ? Integer.parseInt(text) : 0;
        if (topK < 1 || topK > labels) {
            throw new Problem(code, pointer, "topK must be a whole number from 1 to " + labels
                    + ", the number of labels, but is " + Quote.of(text) + ".");
        }
        return topK;
    }

    /// @throws Problem with that code
    static String clientId(String text, Code code, String pointer) {
        int length = text.codePointCount(0, text.length());
        if (length > Limits.CLIENT_ID) {
            throw new Problem(code, pointer,
                    "clientId may have at most " + Limits.CLIENT_ID + " characters, but has " + length + ".");
        }
        if (text.codePoints().anyMatch(c -> Character.isISOControl(c) || Quote.isUnpaired(c))) {
            throw new Problem(code, pointer,
                    "clientId may hold neither control characters nor half of a surrogate pair.");
        }
        return text;
    }
}
