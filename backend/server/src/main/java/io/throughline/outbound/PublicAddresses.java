package io.throughline.outbound;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/// Which addresses belong to the public internet. Everything that an internal network, this machine or a translation to one
/// of them may answer to is not public.
final class PublicAddresses {

    /// A block of addresses: the first `bits` bits of `prefix`.
    private record Block(byte[] prefix, int bits) {

        static Block of(String written) {
            var slash = written.indexOf('/');
            return new Block(InetAddress.ofLiteral(written.substring(0, slash)).getAddress(), Integer.parseInt(written.substring(slash + 1)));
        }

        boolean contains(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit & 7);
                if ((address[bit >> 3] & mask) != (prefix[bit >> 3] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    /// The IANA registries of special-purpose addresses, IPv4.
    private static final List<Block> NOT_PUBLIC_V4 = blocks("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
            "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4");

    /// IPv6: only global unicast is public, so mapped, compatible, NAT64, unique local and link-local ones are refused by not
    /// being in it; within it, what is special or carries an IPv4 address (Teredo, 6to4) is refused too.
    private static final List<Block> GLOBAL_V6 = blocks("2000::/3");
    private static final List<Block> NOT_PUBLIC_V6 = blocks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private PublicAddresses() {}

    static boolean contains(InetAddress address) {
        var bytes = address.getAddress();
        if (address instanceof Inet6Address) {
            return isIn(GLOBAL_V6, bytes) && !isIn(NOT_PUBLIC_V6, bytes);
        }
        return !isIn(NOT_PUBLIC_V4, bytes);
    }

    private static boolean isIn(List<Block> blocks, byte[] address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }

    private static List<Block> blocks(String... written) {
        return List.of(written).stream().map(Block::of).toList();
    }
}
