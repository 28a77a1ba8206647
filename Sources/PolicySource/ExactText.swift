/// A text that equals another only byte for byte, as the language compares names and exact texts.
///
/// `String` also takes canonical equivalents: to it `é` is one key, in one code point and in two.
package struct ExactText: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let text: String

  package init(_ text: String) { self.text = text }

  package var description: String { text }

  // Equal bytes are equal strings, so the string's own hash will do.
  package static func == (a: ExactText, b: ExactText) -> Bool { areSame(a.text, b.text) }

  /// By bytes, which is by code points.
  package static func < (a: ExactText, b: ExactText) -> Bool {
    a.text.utf8.lexicographicallyPrecedes(b.text.utf8)
  }

  package static func areSame(_ a: String, _ b: String) -> Bool {
    a.utf8.count == b.utf8.count && a.utf8.elementsEqual(b.utf8)
  }

  package static func areSame(_ a: [String], _ b: [String]) -> Bool {
    a.elementsEqual(b, by: areSame)
  }
}

extension Sequence<String> {
  package var exact: [ExactText] { map(ExactText.init) }
}

extension Sequence<ExactText> {
  package var texts: [String] { map(\.text) }
}
