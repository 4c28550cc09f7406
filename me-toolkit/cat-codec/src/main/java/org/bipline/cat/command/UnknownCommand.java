// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import org.bipline.cat.object.Pdu;

/** A command of a type that this codec has no record for, or without readable command details. */
public record UnknownCommand(Pdu pdu) implements ProactiveCommand {}
