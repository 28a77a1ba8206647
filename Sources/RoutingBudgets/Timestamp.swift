/// An instant in whole milliseconds since 1970-01-01T00:00:00Z.
///
/// The clock is read at the rim and passed in; nothing here asks for the time.
package struct Timestamp: Hashable, Comparable, Sendable {
  package let milliseconds: Int64

  package init(milliseconds: Int64) { self.milliseconds = milliseconds }

  package static func < (a: Timestamp, b: Timestamp) -> Bool { a.milliseconds < b.milliseconds }
}
