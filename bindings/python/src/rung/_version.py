"""The version of the package, which is that of Rung."""

VERSION = "0.0.0"
