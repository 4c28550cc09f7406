// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.ts102268;

import java.util.List;

/** What has to change in the sources of the suite (release 7.1.0) so that they compile and mean what they say. */
final class Patches {
    /**
     * One change.
     *
     * @param file end of the path
     * @param from what stands there, every occurrence of it
     * @param to what stands there instead
     */
    private record Patch(String file, String from, String to) {}

    private static final List<Patch> PATCHES = List.of(
            // the status word of STATUS is what the comment in front of it asks for, but it is not kept
            new Patch(
                    "Test_Cre_Reg_Evtr.java",
                    "test.status(\"00\", \"0C\", \"00\");",
                    "response = test.status(\"00\", \"0C\", \"00\");"),
            // two events were added to the applet, so that the driver causes 30 results: the count was raised, but not
            // the list
            new Patch(
                    "Test_Cre_Mha_Erhd.java",
                    "\"CCCCCCCC CCCCCCCC CCCCCCCC CC\"",
                    "\"CCCCCCCC CCCCCCCC CCCCCCCC CCCCCC\""),
            // the same with 28 results; of the second applet, which gets the two events too, the count was not raised
            new Patch("Test_Cre_Mha_Enhd.java", "\"CCCCCCCC CCCCCCCC CCCCCC\"", "\"CCCCCCCC CCCCCCCC CCCCCCCC CC\""),
            new Patch("Test_Cre_Mha_Enhd.java", "\"13CCCC CCCCCCCC", "\"15CCCCCC CCCCCCCC"),
            new Patch("Test_Cre_Mha_Enhd.java", "\"CCCCCC CCCC\"", "\"CCCCCC CCCCCC\""));

    private Patches() {}

    /** {@code path} is relative to the directory {@code source} of the suite. */
    static String patched(String path, String text) {
        String patched = text;
        for (Patch patch : PATCHES) {
            if (path.endsWith(patch.file())) {
                if (!patched.contains(patch.from())) {
                    throw new IllegalStateException("the suite is not release 7.1.0: nothing to patch in " + path);
                }
                patched = patched.replace(patch.from(), patch.to());
            }
        }
        return patched;
    }
}
