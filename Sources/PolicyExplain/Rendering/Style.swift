/// Emphasis for a terminal; plain text where colour is not wanted.
package struct Style: Sendable {
  private let isColoured: Bool

  package static let plain = Style(coloured: false)

  package init(coloured: Bool) { isColoured = coloured }

  package func bold(_ text: String) -> String { wrap(text, "1") }
  package func faint(_ text: String) -> String { wrap(text, "2") }
  package func good(_ text: String) -> String { wrap(text, "32") }
  package func bad(_ text: String) -> String { wrap(text, "31") }

  private func wrap(_ text: String, _ code: String) -> String {
    isColoured && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
