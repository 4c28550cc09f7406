// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.vm;

import com.licel.jcardsim.crypto.ByteContainer;
import com.licel.jcardsim.crypto.SymmetricKeyImpl;
import java.lang.reflect.Field;
import javacard.framework.JCSystem;
import javacard.security.Key;
import javacard.security.KeyBuilder;

/**
 * Called by applets in the place of {@link KeyBuilder#buildKey}. The keys of jCardSim that are to be cleared on reset are cleared
 * on deselect, and take their memory when they are set.
 */
public final class Keys {
    private Keys() {}

    /** The key that {@link KeyBuilder} gives, with the memory it needs. */
    public static Key buildKey(byte type, short length, boolean externalAccess) {
        Key key = KeyBuilder.buildKey(type, length, externalAccess);
        return key instanceof SymmetricKeyImpl ? new SecretKey(type, length) : key;
    }

    private static final class SecretKey extends SymmetricKeyImpl {
        private static final Field DATA = data();

        SecretKey(byte type, short length) {
            super(type, length);
            switch (type) {
                case KeyBuilder.TYPE_AES_TRANSIENT_RESET,
                        KeyBuilder.TYPE_DES_TRANSIENT_RESET,
                        KeyBuilder.TYPE_HMAC_TRANSIENT_RESET,
                        KeyBuilder.TYPE_KOREAN_SEED_TRANSIENT_RESET -> setMemory((short) (length / Byte.SIZE));
                default -> {
                    // persistent, or cleared on deselect: that of jCardSim is right
                }
            }
        }

        private static Field data() {
            try {
                Field data = ByteContainer.class.getDeclaredField("data");
                data.setAccessible(true);
                return data;
            } catch (NoSuchFieldException e) {
                throw new IllegalStateException(e);
            }
        }

        private void setMemory(short length) {
            try {
                DATA.set(key, JCSystem.makeTransientByteArray(length, JCSystem.CLEAR_ON_RESET));
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
