"""The functions of librung, as its header rung.h declares them."""

from __future__ import annotations

import ctypes
import os
from ctypes import byref
from pathlib import Path
from typing import Any

ABI_VERSION = 1

OK = 0
INVALID_ARGUMENT = 1
INVALID_POLICY = 2
INVALID_REQUEST = 3
OUT_OF_MEMORY = 4


class Buffer(ctypes.Structure):
    """Bytes of the library, to be freed by it."""

    _fields_ = [("data", ctypes.c_void_p), ("length", ctypes.c_size_t)]


class Decided(ctypes.Structure):
    """A decision of the library: its names, and the rest for whoever asks. It frees itself."""

    _fields_ = [
        ("outcome", ctypes.c_int32),
        ("route", ctypes.c_char_p),
        ("task", ctypes.c_char_p),
        ("arm", ctypes.c_char_p),
        ("model", ctypes.c_char_p),
        ("error", Buffer),
        ("rest", ctypes.c_void_p),
    ]

    def __del__(self) -> None:
        free_decision(byref(self))


class File(ctypes.Structure):
    """One file of a policy that lies in memory."""

    _fields_ = [
        ("path", ctypes.c_char_p),
        ("path_length", ctypes.c_size_t),
        ("bytes", ctypes.c_char_p),
        ("length", ctypes.c_size_t),
    ]


def _load() -> tuple[ctypes.CDLL, Any, Any]:
    """The library beside this file, or the one ``RUNG_LIBRARY`` names, and its functions that free
    what it gave."""
    place = os.environ.get("RUNG_LIBRARY") or str(Path(__file__).with_name("librung.so"))
    try:
        library = ctypes.CDLL(place)
        # Freeing takes less time than letting other threads run meanwhile, as a `CDLL` does.
        freeing = ctypes.PyDLL(place)
    except OSError as error:
        raise ImportError(f"librung cannot be loaded: {error}") from error
    try:
        library.rung_abi_version.restype = ctypes.c_uint32
        library.rung_abi_version.argtypes = []
        version = library.rung_abi_version()
    except AttributeError as error:
        raise ImportError(f"`{place}` is not librung") from error
    if version != ABI_VERSION:
        raise ImportError(f"`{place}` has ABI {version}, this package wants {ABI_VERSION}")
    try:
        _declare(library)
        free_buffer, free_decision = freeing.rung_buffer_free, freeing.rung_decision_free
    except AttributeError as error:
        raise ImportError(f"`{place}` is older than this package: {error}") from error
    for free, what in ((free_buffer, Buffer), (free_decision, Decided)):
        free.argtypes = [ctypes.POINTER(what)]
        free.restype = None
    return library, free_buffer, free_decision


def _declare(library: ctypes.CDLL) -> None:
    text, size, pointer = ctypes.c_char_p, ctypes.c_size_t, ctypes.c_void_p
    buffer, decided = ctypes.POINTER(Buffer), ctypes.POINTER(Decided)
    handle = ctypes.POINTER(ctypes.c_void_p)
    library.rung_policy_open.argtypes = [text, size, handle, buffer]
    library.rung_policy_compile.argtypes = [ctypes.POINTER(File), size, handle, buffer]
    library.rung_policy_free.argtypes = [pointer]
    library.rung_policy_free.restype = None
    library.rung_decision_make.argtypes = [pointer, text, size, text, size, decided]
    library.rung_decision_json.argtypes = [decided, buffer]
    for ask in (library.rung_explain_text, library.rung_explain_json):
        ask.argtypes = [pointer, text, size, text, size, buffer]
        ask.restype = ctypes.c_int32
    for make in (
        library.rung_policy_open, library.rung_policy_compile, library.rung_decision_make,
        library.rung_decision_json,
    ):
        make.restype = ctypes.c_int32


library, free_buffer, free_decision = _load()
