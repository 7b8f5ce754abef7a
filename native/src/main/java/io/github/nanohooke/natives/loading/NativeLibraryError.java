// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.natives.loading;

/** A native library that cannot be loaded here; what to do about it is apart from the reason. */
public final class NativeLibraryError extends UnsatisfiedLinkError {
    private static final long serialVersionUID = 1;

    private final String remedy;

    NativeLibraryError(String reason, String remedy, Throwable cause) {
        super(reason);
        this.remedy = remedy;
        if (cause != null) {
            initCause(cause);
        }
    }

    /** What the user can do, in whole sentences. */
    public String remedy() {
        return remedy;
    }

    /** The one among a failure and its causes, or null where the failure is of another kind. */
    public static NativeLibraryError in(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof NativeLibraryError) {
                return (NativeLibraryError) t;
            }
        }
        return null;
    }
}
