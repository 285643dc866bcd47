package haricot.local.serve;

import haricot.local.host.Failure;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// From where a gateway can be reached, and under which names.
///
/// The name matters because of browsers: a web page may give its own name the address of this computer once it is open
/// (DNS rebinding), and then counts as part of what is served here.
///
/// @param address listened at
/// @param names that a request may give as its host, in lower case, IPv6 addresses in brackets
/// @param open whether more than this computer may come, and needs a key for every POST
public record Reach(InetAddress address, List<String> names, boolean open) {
    /// This computer alone.
    public static final Reach LOOPBACK = new Reach(InetAddress.getLoopbackAddress(),
            List.of("127.0.0.1", "localhost", "[::1]"), false);

    /// Whoever can reach an address of this computer; with `0.0.0.0` that is every one of its addresses.
    ///
    /// @param others further names that lead here, such as that of a proxy
    /// @throws Failure when it is no address
    public static Reach at(String host, List<String> others) {
        try {
            InetAddress address = InetAddress.getByName(host);
            List<String> names = new ArrayList<>(List.of(host.toLowerCase(Locale.ROOT), literal(address)));
            others.forEach(other -> names.add(other.toLowerCase(Locale.ROOT)));
            return new Reach(address, List.copyOf(names), true);
        } catch (UnknownHostException e) {
            throw new Failure("--host is an address of this computer, such as 192.168.1.20, not " + host, e);
        }
    }

    /// The address as an URL has it.
    String literal() {
        return address.isAnyLocalAddress() ? "127.0.0.1" : literal(address);
    }

    /// Whether a request for this host is meant for us.
    ///
    /// @param host from the header, with the port unless it is 80
    boolean knows(String host, int port) {
        int colon = host.lastIndexOf(':');
        boolean withPort = colon > host.lastIndexOf(']');
        String name = (withPort ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
        // All interfaces: a container does not know the address and the port that lead to it. Nobody can give an address,
        // or a name without a dot, another meaning.
        if (address.isAnyLocalAddress()) {
            return names.contains(name) || name.matches("[0-9.]+|\\[[0-9a-f:.]+]|[a-z0-9-]+");
        }
        return names.contains(name) && (withPort ? host.substring(colon + 1) : "80").equals(Integer.toString(port));
    }

    private static String literal(InetAddress address) {
        String text = address.getHostAddress().replaceFirst("%.*", "");
        return text.contains(":") ? "[" + text + "]" : text;
    }
}
