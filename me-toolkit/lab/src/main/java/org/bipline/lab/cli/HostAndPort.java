// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import java.net.InetSocketAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code HOST:PORT} and {@code [IPV6]:PORT}. */
final class HostAndPort implements ITypeConverter<InetSocketAddress> {
    private static final int MAX_PORT = 0xFFFF;

    @Override
    public InetSocketAddress convert(String text) {
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > MAX_PORT) {
            throw new TypeConversionException("'" + text + "' is not HOST:PORT with a port of 0 to 65535");
        }
        String host = text.substring(0, colon).replaceAll("^\\[(.*)]$", "$1");
        InetSocketAddress address = new InetSocketAddress(host, Integer.parseInt(port));
        if (address.isUnresolved()) {
            throw new TypeConversionException("host '" + host + "' is not known");
        }
        return address;
    }
}
