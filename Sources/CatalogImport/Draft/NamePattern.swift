/// A name with `*` for any text and `?` for one character, as shells write it.
package struct NamePattern: Hashable, Sendable {
  package let text: String
  private let pattern: [UInt8]

  package init(_ text: String) {
    self.text = text
    pattern = Array(text.utf8)
  }

  /// Whether the whole name fits: O(pattern × name), without recursion.
  package func matches(_ name: String) -> Bool {
    let name = Array(name.utf8)
    var at = 0
    var next = 0
    // Where the last `*` stood, and how much of the name it has taken so far.
    var star: (pattern: Int, name: Int)?
    while at < name.count {
      if next < pattern.count, pattern[next] == UInt8(ascii: "*") {
        star = (next, at)
        next += 1
      } else if next < pattern.count, pattern[next] == name[at] || pattern[next] == question {
        next += 1
        at += 1
      } else if let last = star {
        star = (last.pattern, last.name + 1)
        next = last.pattern + 1
        at = last.name + 1
      } else {
        return false
      }
    }
    return pattern[next...].allSatisfy { $0 == UInt8(ascii: "*") }
  }

  private var question: UInt8 { UInt8(ascii: "?") }
}
