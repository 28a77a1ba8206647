#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A key that cannot be printed.
///
/// Descriptions, interpolation, `dump` and mirrors all show `***`. The only way out of this module
/// is a header line on its way to a provider.
package struct Secret: Sendable {
  private let text: String

  /// Nil for an empty text and for one that could not stand in a header line.
  package init?(_ text: String) {
    guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return nil }
    self.text = text
  }

  /// The key in this variable of the environment; nil where it is not set, empty or unusable.
  package init?(environmentVariable name: String) {
    guard let value = unsafe getenv(name) else { return nil }
    self.init(unsafe String(cString: value))
  }

  /// A foreign text without this key: providers have been seen to repeat it in their errors.
  package func blankedOut(in foreign: String) -> String {
    foreign.replacing(text, with: "***")
  }

  /// The key itself, for the header line and for blanking it out of foreign texts.
  func revealed() -> String { text }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "***" }
  package var debugDescription: String { "***" }
  package var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}
