package haricot.local.compare;

import haricot.bucket.S3Reviews;
import haricot.bucket.StoredFlag;
import haricot.local.host.Pictures;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A picture on which two models are compared.
///
/// @param name of the file, or the id of the flag
/// @param sampling the chance that an answer like this one's was kept; 0 for a photo, which stands for nothing but itself
/// @param accepted whether the model that answered it took it for an ordinary picture
/// @param truth what it shows as a person says, empty where nobody has
/// @param source of its bytes
record Subject(String name, double sampling, boolean accepted, String truth, Source source) {

    /// Where a picture's bytes come from.
    @FunctionalInterface
    interface Source {
        byte[] bytes() throws IOException;
    }

    /// Those of the flags whose pictures were kept.
    ///
    /// @param said what people last said, by the flag's id
    static List<Subject> kept(S3Reviews reviews, List<StoredFlag> flags, Map<String, String> said) {
        return flags.stream().filter(flag -> !flag.pictureKey().isEmpty())
                .map(flag -> new Subject(flag.id(), flag.samplingProbability(), accepted(flag),
                        said.getOrDefault(flag.id(), ""), () -> reviews.picture(flag).orElseThrow(
                                () -> new IOException("the bucket no longer has " + flag.pictureKey()))))
                .toList();
    }

    /// While a person checks every answer, an accept is called a review with the reason `rollout`.
    private static boolean accepted(StoredFlag flag) {
        return flag.decision().equals("accept") || flag.reasons().contains("rollout");
    }

    /// @param labels the folder of a photo is its truth if it has the name of one
    static List<Subject> photos(List<Pictures.Picture> pictures, Set<String> labels) {
        return pictures.stream().map(each -> new Subject(each.name(), 0, false,
                labels.contains(each.folder()) ? each.folder() : "", each::bytes)).toList();
    }

    boolean photo() {
        return sampling == 0;
    }
}
