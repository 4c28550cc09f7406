// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javacard.framework.AID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolkitRuntimeTest {
    @Test
    void a_factory_without_runtime_says_what_to_add_each_time() throws Exception {
        try (URLClassLoader loader = loader(location(ToolkitRuntime.class), location(AID.class))) {
            assertThat(failureOfGetTheHandler(loader))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("add org.bipline:uicc-runtime");
            assertThat(failureOfGetTheHandler(loader)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void two_runtimes_are_refused_by_name(@TempDir Path directory) throws Exception {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve(ToolkitRuntime.class.getName()), SecondRuntime.class.getName());
        try (URLClassLoader loader = loader(
                location(ToolkitRuntime.class),
                location(AID.class),
                location(TestRuntime.class),
                directory.toUri().toURL())) {
            assertThat(failureOfGetTheHandler(loader))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(TestRuntime.class.getName())
                    .hasMessageContaining(SecondRuntime.class.getName());
        }
    }

    @Test
    void the_runtime_on_the_class_path_is_found() {
        assertThat(ToolkitRuntime.get()).isInstanceOf(TestRuntime.class).isSameAs(ToolkitRuntime.get());
    }

    private static URLClassLoader loader(URL... urls) {
        return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }

    private static URL location(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    private static Throwable failureOfGetTheHandler(ClassLoader loader)
            throws ReflectiveOperationException, IOException {
        Throwable thrown = catchThrowable(() -> loader.loadClass("uicc.toolkit.ProactiveHandlerSystem")
                .getMethod("getTheHandler")
                .invoke(null));
        assertThat(thrown).isInstanceOf(InvocationTargetException.class);
        return thrown.getCause();
    }
}
