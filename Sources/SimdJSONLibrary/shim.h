// simdjson is C++: Swift never sees its header. This module only carries the flags of the
// installed library, wherever pkg-config finds it, to the C++ target that includes it.
