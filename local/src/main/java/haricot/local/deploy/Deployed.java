package haricot.local.deploy;

import haricot.local.host.Here;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/// What a deployment left: where it answers, and what the stack says about itself.
///
/// @param address the API's root, ending in a slash
/// @param apiKey what POST /v1/classify asks for, empty where it asks for nothing
/// @param outputs of the stack, by name
record Deployed(URI address, String apiKey, Map<String, String> outputs) {

    static Deployed of(Account account, Map<String, String> outputs) {
        String address = account.emulated()
                ? account.emulator().replaceAll("/$", "") + "/_aws/execute-api/" + outputs.get("ApiId") + "/Prod/"
                : outputs.get("Address");
        String key = outputs.getOrDefault("ApiKeyId", "");
        String value = key.isEmpty()
                ? ""
                : account.apis().getApiKey(ask -> ask.apiKey(key).includeValue(true)).value();
        return new Deployed(URI.create(address), value, outputs);
    }

    /// A first call that works in the folder where the caller is.
    ///
    /// @param picture a PNG
    String curl(Path picture) {
        return "curl -H 'Content-Type: image/png' " + (apiKey.isEmpty() ? "" : "-H 'x-api-key: " + apiKey + "' ")
                + "--data-binary '@" + Here.relative(picture) + "' '" + address + "v1/classify'";
    }
}
