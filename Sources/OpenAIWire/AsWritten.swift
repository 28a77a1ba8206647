package import JSONReading

/// The JSON a value was read from, if it was read.
///
/// It takes no part in comparing: two values that say the same are equal however they were written.
package struct AsWritten: Hashable, Sendable {
  package let json: JSONText?

  package init(_ json: JSONText? = nil) { self.json = json }

  package static func == (_: AsWritten, _: AsWritten) -> Bool { true }

  package func hash(into _: inout Hasher) {}
}
