// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.auth;

import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.bipline.dm.ByteString;
import org.bipline.dm.Format;
import org.bipline.dm.syncml.Chal;
import org.bipline.dm.syncml.Meta;

/** Types of authentication. OMA DM Security, clauses 5.1.3 and 5.1.4. */
public enum AuthType {
    /** User name and password as they are: only where the transport is secure. */
    BASIC("syncml:auth-basic"),
    MD5("syncml:auth-md5"),
    /** A digest over the whole message, in the header field {@code x-syncml-hmac} of the transport and never in a Cred. */
    MAC("syncml:auth-MAC");

    private final String text;

    AuthType(String text) {
        this.text = text;
    }

    /** The name as it stands in the Type of a Meta. */
    public String text() {
        return text;
    }

    public static Optional<AuthType> of(String text) {
        return Stream.of(values())
                .filter(type -> type.text.equalsIgnoreCase(text))
                .findFirst();
    }

    public static Optional<AuthType> of(Meta meta) {
        return meta.type().flatMap(AuthType::of);
    }

    /** Meta of credentials of this type. */
    public Meta meta() {
        return Meta.of(Format.B64, text);
    }

    /** A challenge for credentials of this type; basic authentication uses no nonce and gets none. */
    public Chal challenge(ByteString nonce) {
        if (this == BASIC) {
            return new Chal(meta());
        }
        String base64 = Base64.getEncoder().encodeToString(nonce.toByteArray());
        return new Chal(meta().toBuilder().nextNonce(base64).build());
    }

    /** The nonce of a challenge: empty where it has none, or none in Base64. */
    public static Optional<ByteString> nonce(Chal chal) {
        return chal.meta().nextNonce().flatMap(AuthType::base64);
    }

    static Optional<ByteString> base64(String text) {
        try {
            return Optional.of(ByteString.of(Base64.getDecoder().decode(text.strip())));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }
}
