// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs to standard error. Set up in code: as a library, this module must not bring a configuration file. */
final class Logging {
    private Logging() {}

    /** Warnings and errors, from now on. */
    static void start() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%d{HH:mm:ss.SSS} %-5level %logger{24} %msg%n%ex");
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        root().addAppender(appender);
        root().setLevel(Level.WARN);
        // its warnings tell of every ESME that ends without an unbind
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger("org.jsmpp")).setLevel(Level.ERROR);
        // its warnings say that H2 is newer than Flyway's own list, at each start
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger("org.flywaydb")).setLevel(Level.ERROR);
    }

    /** Changes the level to the one of this name; false when there is none. */
    static boolean level(String name) {
        Level level = Level.toLevel(name, null);
        if (level != null) {
            root().setLevel(level);
        }
        return level != null;
    }

    private static ch.qos.logback.classic.Logger root() {
        return (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    }
}
