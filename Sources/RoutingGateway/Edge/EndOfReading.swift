/// Told to a connection when the gateway ends: a request that has not come whole is refused.
struct EndOfReading: Sendable {}
