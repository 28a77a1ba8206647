"""The functions of librung, as its header rung.h declares them."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

ABI_VERSION = 1

OK = 0
INVALID_ARGUMENT = 1
INVALID_POLICY = 2
INVALID_REQUEST = 3
OUT_OF_MEMORY = 4


class Buffer(ctypes.Structure):
    """Bytes of the library, to be freed by it."""

    _fields_ = [("data", ctypes.c_void_p), ("length", ctypes.c_size_t)]


class File(ctypes.Structure):
    """One file of a policy that lies in memory."""

    _fields_ = [
        ("path", ctypes.c_char_p),
        ("path_length", ctypes.c_size_t),
        ("bytes", ctypes.c_char_p),
        ("length", ctypes.c_size_t),
    ]


def _load() -> ctypes.CDLL:
    """The library beside this file, or the one ``RUNG_LIBRARY`` names."""
    place = os.environ.get("RUNG_LIBRARY") or str(Path(__file__).with_name("librung.so"))
    try:
        library = ctypes.CDLL(place)
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

    text, size, pointer = ctypes.c_char_p, ctypes.c_size_t, ctypes.c_void_p
    buffer = ctypes.POINTER(Buffer)
    handle = ctypes.POINTER(ctypes.c_void_p)
    library.rung_policy_open.argtypes = [text, size, handle, buffer]
    library.rung_policy_compile.argtypes = [ctypes.POINTER(File), size, handle, buffer]
    library.rung_policy_free.argtypes = [pointer]
    library.rung_policy_free.restype = None
    library.rung_buffer_free.argtypes = [buffer]
    library.rung_buffer_free.restype = None
    for ask in (library.rung_decide, library.rung_explain_text, library.rung_explain_json):
        ask.argtypes = [pointer, text, size, text, size, buffer]
        ask.restype = ctypes.c_int32
    for make in (library.rung_policy_open, library.rung_policy_compile):
        make.restype = ctypes.c_int32
    return library


library = _load()
