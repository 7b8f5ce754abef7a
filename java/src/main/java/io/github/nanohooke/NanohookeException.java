// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke;

/**
 * The root of what this library throws for reasons that lie outside it: the message says what is wrong, where, and what
 * to do. Arguments that no caller may pass are {@link IllegalArgumentException}s, calls at the wrong time
 * {@link IllegalStateException}s; neither is of this kind, because both are faults of a program.
 */
public abstract class NanohookeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is at fault; the command line has an exit code for each. */
    public enum Fault {
        /** What the user gave: a file, a structure, an option. */
        INPUT,
        /** A library, a method or a device that is not there. */
        MISSING,
        /** The machine: memory, a file that vanished, a library with a defect. Elsewhere or later it may succeed. */
        MACHINE,
        /** Nothing: the calculation has no result, for example because it does not converge. */
        NO_RESULT,
        /** The disk or device that results go to. */
        UNWRITTEN
    }

    protected NanohookeException(String message) {
        super(message);
    }

    protected NanohookeException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What is at fault: the input, unless a class says otherwise. */
    public Fault fault() {
        return Fault.INPUT;
    }

    /**
     * Whether the machine or the set-up is at fault and not the atoms: the same calculation may succeed elsewhere or
     * later, so its failure says nothing of the structure and is never data.
     */
    public boolean isEnvironmental() {
        return fault() == Fault.MISSING || fault() == Fault.MACHINE || fault() == Fault.UNWRITTEN;
    }
}
