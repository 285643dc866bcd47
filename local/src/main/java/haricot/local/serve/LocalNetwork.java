package haricot.local.serve;

import haricot.local.host.Failure;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/// The addresses under which other devices on the same network find this computer.
final class LocalNetwork {
    /// Interfaces of containers and virtual machines, which no phone is connected to.
    private static final String INNER = "(docker|br-|veth|virbr|vmnet|vboxnet|tun|utun|lxc).*";

    private LocalNetwork() {}

    /// The only one.
    ///
    /// @throws Failure when there is none, or a choice
    static String address() {
        List<String> addresses = addresses();
        if (addresses.isEmpty()) {
            throw new Failure("this computer is on no local network; --host ADDRESS names an address of it");
        }
        if (addresses.size() > 1) {
            throw new Failure("this computer is on several networks; choose one: --host "
                    + String.join(", --host ", addresses));
        }
        return addresses.getFirst();
    }

    private static List<String> addresses() {
        try {
            List<String> found = new ArrayList<>();
            for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
                if (each.isUp() && !each.isLoopback() && !each.isPointToPoint() && !each.getName().matches(INNER)) {
                    each.inetAddresses().filter(Inet4Address.class::isInstance).filter(at -> at.isSiteLocalAddress())
                            .forEach(at -> found.add(at.getHostAddress()));
                }
            }
            return found;
        } catch (SocketException e) {
            throw new Failure("the networks of this computer cannot be listed: " + e.getMessage(), e);
        }
    }
}
