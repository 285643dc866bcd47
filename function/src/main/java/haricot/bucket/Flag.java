package haricot.bucket;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import haricot.model.Prediction.Quality;
import haricot.model.Reason;
import haricot.model.Verdict;
import java.time.Instant;

/// An answer that a person should see: every decision but accept, and a sample of the accepted.
///
/// @param id the answer's id, a UUIDv7
/// @param time when it was judged
/// @param clientId the caller's id, empty unless `KEEP_CLIENT_ID` is on
/// @param verdict what was answered
/// @param samplingProbability chance in (0, 1] with which an answer like this one gets a flag; 1 for all but audits
/// @param picture what is kept of the picture
/// @param origin what answered
public record Flag(String id, Instant time, String clientId, Verdict verdict, double samplingProbability,
        Picture picture, Origin origin) {
    /// Measures of a picture: nothing from which it could be reconstructed.
    ///
    /// @param format `jpeg`, `png` or `webp`
    /// @param bytes size of the file as received
    /// @param sha256 of the file as received, lower-case hexadecimal
    /// @param key where the picture itself is kept, empty where it is not
    public record Picture(String format, int width, int height, Quality quality, int bytes, String sha256, String key) {
        Picture keptAt(String place) {
            return new Picture(format, width, height, quality, bytes, sha256, place);
        }
    }

    /// @param environment id of the execution environment
    public record Origin(String model, String modelVersion, String modelSha256, String functionVersion,
            String environment) {}

    /// `flags/dt=…/hh=…/<id>.json`, in UTC.
    public String key() {
        return Keys.flag(id, time);
    }

    /// `flagged-images/dt=…/<id>.jpg`, in UTC.
    public String pictureKey() {
        return Keys.picture(id, time);
    }

    /// The same flag, saying that its picture is kept.
    Flag withPicture() {
        return new Flag(id, time, clientId, verdict, samplingProbability, picture.keptAt(pictureKey()), origin);
    }

    /// The object in the bucket, `"schema": 1`.
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("schema", 1).put("id", id).put("time", time.toString());
        if (!clientId.isEmpty()) {
            json.put("clientId", clientId);
        }
        putVerdict(json);
        json.put("samplingProbability", samplingProbability);
        putPicture(json.putObject("image"));
        json.putObject("model").put("name", origin.model).put("version", origin.modelVersion).put("sha256",
                origin.modelSha256);
        json.put("functionVersion", origin.functionVersion).put("environment", origin.environment);
        return json;
    }

    private void putVerdict(ObjectNode json) {
        json.put("decision", verdict.decision().word());
        verdict.reasons().stream().map(Reason::word).forEach(json.putArray("reasons")::add);
        if (verdict.labelled()) {
            json.put("label", verdict.top().label()).put("confidence", verdict.top().probability());
        } else {
            json.putNull("label").putNull("confidence");
        }
        json.put("flagged", verdict.flagged()).put("score", verdict.score()).put("distance", verdict.distance());
        ObjectNode probabilities = json.putObject("probabilities");
        verdict.ranked().forEach(ranked -> probabilities.put(ranked.label(), ranked.probability()));
    }

    private void putPicture(ObjectNode json) {
        json.put("format", picture.format).put("width", picture.width).put("height", picture.height);
        json.put("bytes", picture.bytes).put("sha256", picture.sha256);
        json.put("brightness", picture.quality.brightness()).put("clipped", picture.quality.clipped()).put("sharpness",
                picture.quality.sharpness());
        if (picture.key.isEmpty()) {
            json.putNull("key");
        } else {
            json.put("key", picture.key);
        }
    }
}
