# SPDX-License-Identifier: Apache-2.0
"""libnanohooke_c for Python: one file, ctypes and numpy. Copy it beside your script.

    from nanohooke import Model, Potential
    with Model("nanohooke-al.safetensors", average=True) as model:
        constants, spread, expected = model.predict(images)      # images: [n, pixels, pixels], 1 = solid
        constants, uncertainty, largest = model.predict_uncertain(images)      # bounds in GPa that hold for 95 %
    with Potential("Al99.eam.alloy") as aluminium:
        tensor = aluminium.statics(positions, cell)["tensor"]    # Angstrom in, 6 x 6 in GPa out

The library is found by the system's loader, or where NANOHOOKE_C_LIBRARY says. Voigt order 11 22 33 23 13 12; the
thirteen constants are those of CONSTANTS. ctypes lets go of the interpreter's lock during a call, so threads compute
side by side. What the functions do and do not do is told in nanohooke_c.h.

    NANOHOOKE_C_LIBRARY=.../libnanohooke_c.so python3 nanohooke.py MODEL.safetensors POTENTIAL.eam.alloy
"""
import ctypes
import os

import numpy as np

CONSTANTS = "C11 C22 C33 C12 C13 C23 C44 C55 C66 C16 C26 C36 C45".split()
OUTCOMES = ["stable", "not converged", "unstable", "soft"]

_DOUBLES = np.ctypeslib.ndpointer(np.float64, flags="C_CONTIGUOUS")
_BYTES = np.ctypeslib.ndpointer(np.uint8, flags="C_CONTIGUOUS")
_HANDLE = ctypes.c_void_p


class NanohookeError(RuntimeError):
    """What nanohooke_last_error says; `status` is a nanohooke_status."""

    def __init__(self, status, message):
        super().__init__(message)
        self.status = status


class _Options(ctypes.Structure):
    _fields_ = [(n, ctypes.c_double) for n in ("force_tolerance", "stress_tolerance")] + [
        (n, ctypes.c_int32) for n in ("max_evaluations", "cells", "drop_islands", "reserved")]


class _Result(ctypes.Structure):
    _fields_ = [(n, ctypes.c_int32) for n in (
        "outcome", "has_tensor", "atoms", "cells", "percolation", "islands", "island_atoms", "certificate",
        "evaluations", "reserved")] + [("tensor", ctypes.c_double * 36), ("cell", ctypes.c_double * 9)] + [
        (n, ctypes.c_double) for n in ("energy", "max_force", "max_stress", "seconds")]


def _load():
    library = ctypes.CDLL(os.environ.get("NANOHOOKE_C_LIBRARY", "libnanohooke_c.so.0"))
    library.nanohooke_last_error.restype = library.nanohooke_version.restype = ctypes.c_char_p
    i32, i64, text = ctypes.c_int32, ctypes.c_int64, ctypes.c_char_p
    for name, arguments in {
        "model_open": [text, i32, i32, i32, ctypes.POINTER(_HANDLE)],
        "model_image": [_HANDLE, ctypes.POINTER(i32), ctypes.POINTER(i64)],
        "model_text": [_HANDLE, text, ctypes.POINTER(text)],
        "predict": [_HANDLE, i64, _BYTES, _DOUBLES, ctypes.c_void_p, _DOUBLES],
        "predict_uncertain": [_HANDLE, i32, i64, _BYTES, _DOUBLES, _DOUBLES, _DOUBLES],
        "tensor": [_DOUBLES, _DOUBLES],
        "tensor_in_axes": [_HANDLE, _DOUBLES, _DOUBLES, _DOUBLES],
        "potential_open": [text, text, ctypes.POINTER(_HANDLE)],
        "statics": [_HANDLE, i32, _DOUBLES, _DOUBLES, ctypes.POINTER(_Options), ctypes.POINTER(_Result), _DOUBLES],
    }.items():
        getattr(library, "nanohooke_" + name).argtypes = arguments
    for name in ("model_close", "potential_close", "statics_defaults"):
        function = getattr(library, "nanohooke_" + name)
        function.argtypes, function.restype = [_HANDLE if "close" in name else ctypes.POINTER(_Options)], None
    return library


_library = _load()


def _check(status):
    if status != 0:
        raise NanohookeError(status, _library.nanohooke_last_error().decode(errors="replace"))


class _Handle:
    _close = None

    def __init__(self):
        self._handle = _HANDLE()

    def _open(self):
        if not self._handle:
            raise ValueError("this %s is closed" % type(self).__name__)
        return self._handle

    def close(self):
        """Frees it; no other thread may be using it."""
        handle, self._handle = self._handle, _HANDLE()
        self._close(handle)

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()


class Model(_Handle):
    """A trained network; see nanohooke_model_open."""

    _close = _library.nanohooke_model_close

    def __init__(self, path, average=False, threads=1, sessions=1):
        super().__init__()
        _check(_library.nanohooke_model_open(os.fsencode(path), int(average), threads, sessions,
                                             ctypes.byref(self._handle)))
        self.average = bool(average)
        pixels = ctypes.c_int32()
        _check(_library.nanohooke_model_image(self._handle, ctypes.byref(pixels), None))
        self.pixels = pixels.value

    def text(self, key):
        """What the model's file says of it: "frame", "licence", "metrics", ..."""
        text = ctypes.c_char_p()
        _check(_library.nanohooke_model_text(self._open(), key.encode(), ctypes.byref(text)))
        return text.value.decode()

    def predict(self, images):
        """Constants [n, 13] in GPa, their spread [n, 13] (None without average), expected error [n].

        images: [n, pixels, pixels] or [pixels, pixels], not 0 = solid, row 0 at the top.
        """
        packed = self._packed(images)
        count = len(packed)
        constants, expected = np.empty((count, 13)), np.empty(count)
        spread = np.empty((count, 13)) if self.average else None
        _check(_library.nanohooke_predict(self._open(), count, packed, constants,
                                          spread.ctypes.data if self.average else None, expected))
        return constants, spread, expected

    def predict_uncertain(self, images, designed=False):
        """Constants [n, 13], their uncertainty [n, 13], that of the largest error [n], GPa; images as for predict.

        designed: whether they show structures as designed, else relaxed ones.
        """
        packed = self._packed(images)
        count = len(packed)
        constants, uncertainty, largest = np.empty((count, 13)), np.empty((count, 13)), np.empty(count)
        _check(_library.nanohooke_predict_uncertain(self._open(), int(designed), count, packed, constants, uncertainty,
                                                    largest))
        return constants, uncertainty, largest

    def _packed(self, images):
        solid = np.asarray(images) != 0
        solid = solid[None] if solid.ndim == 2 else solid
        if solid.ndim != 3 or solid.shape[1:] != (self.pixels, self.pixels):
            raise ValueError("images must be [n, %d, %d], not %s" % (self.pixels, self.pixels, solid.shape))
        return np.packbits(solid, axis=2, bitorder="little")

    def tensor(self, constants, cell=None):
        """6 x 6 from thirteen constants; with a cell (rows a, b, c) in the axes in which it is told."""
        constants, tensor = np.ascontiguousarray(constants, np.float64), np.empty((6, 6))
        if constants.shape != (13,):
            raise ValueError("there are thirteen constants, not %s" % (constants.shape,))
        if cell is None:
            _check(_library.nanohooke_tensor(constants, tensor))
        else:
            _check(_library.nanohooke_tensor_in_axes(self._open(), constants, _cell(cell), tensor))
        return tensor


class Potential(_Handle):
    """Embedded-atom tables; see nanohooke_potential_open."""

    _close = _library.nanohooke_potential_close

    def __init__(self, path, element=None):
        super().__init__()
        _check(_library.nanohooke_potential_open(os.fsencode(path), element and element.encode(),
                                                 ctypes.byref(self._handle)))

    def statics(self, positions, cell, **options):
        """Relaxes atoms [n, 3] in a cell (rows a, b, c) and measures their tensor; a dict of nanohooke_statics_result,
        with "outcome" as a word and the relaxed "positions". options: fields of nanohooke_statics_options."""
        positions = np.ascontiguousarray(positions, np.float64)
        if positions.ndim != 2 or positions.shape[1] != 3:
            raise ValueError("positions must be [n, 3], not %s" % (positions.shape,))
        settings, result = _Options(), _Result()
        _library.nanohooke_statics_defaults(ctypes.byref(settings))
        for name, value in options.items():
            if not hasattr(settings, name):
                raise TypeError("there is no option " + name)
            setattr(settings, name, value)
        relaxed = np.empty((3 * len(positions), 3))
        _check(_library.nanohooke_statics(self._open(), len(positions), positions, _cell(cell), ctypes.byref(settings),
                                          ctypes.byref(result), relaxed))
        answer = {name: getattr(result, name) for name, _ in _Result._fields_ if name != "reserved"}
        answer.update(outcome=OUTCOMES[result.outcome], positions=relaxed[:result.atoms],
                      tensor=np.array(result.tensor).reshape(6, 6), cell=np.array(result.cell).reshape(3, 3))
        return answer


def _cell(cell):
    cell = np.ascontiguousarray(cell, np.float64)
    if cell.shape != (3, 3):
        raise ValueError("a cell is three rows of three numbers, not %s" % (cell.shape,))
    return cell


def _example(model_file, potential_file):
    with Model(model_file, average=True, threads=2) as model:
        y, x = np.mgrid[0:model.pixels, 0:model.pixels] / model.pixels - 0.5
        pores = [x * x + y * y > r * r for r in (0.1, 0.2, 0.3)]
        for c, u, most in zip(*model.predict_uncertain(pores)):
            print("network  C11 %9.4f +- %.4f GPa, no constant is off by more than %.2f" % (c[0], u[0], most))
    a, cells = 4.05, 4
    basis = a * np.array([[0, 0, 0], [0.5, 0.5, 0], [0.5, 0, 0.5], [0, 0.5, 0.5]])
    sites = np.concatenate([basis + [i * a, j * a, 0] for i in range(cells) for j in range(cells)])[1:]
    with Potential(potential_file) as aluminium:
        answer = aluminium.statics(sites, a * np.diag([cells, cells, 1]))
        print("statics  C11 %9.4f GPa, %s" % (answer["tensor"][0, 0], answer["outcome"]))
        try:
            aluminium.statics(0.1 * sites, a * np.diag([cells, cells, 1]))
        except NanohookeError as error:
            print("refused:", error)


if __name__ == "__main__":
    import sys
    _example(*sys.argv[1:])
