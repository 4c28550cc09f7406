// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

/**
 * What is wrong with a command.
 *
 * @param text which object, and what is wrong with it
 * @param offset index in the PDU of the first byte that is wrong, or of the end when an object is missing
 * @param clause document and clause that the command breaks
 * @param generalResult general result of the terminal response that refuses the command
 */
public record Fault(String text, int offset, String clause, int generalResult) {}
