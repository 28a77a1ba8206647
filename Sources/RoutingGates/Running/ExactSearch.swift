/// Looks for one of several exact texts in bytes that still come.
///
/// Each byte costs one step for each text, spread over the whole (Knuth, Morris and Pratt).
struct ExactSearch: Hashable, Sendable {
  private struct Needle: Hashable, Sendable {
    let bytes: [UInt8]
    /// Where to go on after so many bytes that fit and one that does not.
    let back: [Int]
    var matched = 0
  }

  private var needles: [Needle]
  private(set) var isFound = false

  init(_ texts: [String]) {
    needles = texts.map { text in
      let bytes = Array(text.utf8)
      var back = [Int](repeating: 0, count: bytes.count + 1)
      var length = 0
      for place in bytes.indices.dropFirst() {
        while length > 0, bytes[place] != bytes[length] { length = back[length] }
        if bytes[place] == bytes[length] { length += 1 }
        back[place + 1] = length
      }
      return Needle(bytes: bytes, back: back)
    }
  }

  mutating func take(_ byte: UInt8) {
    guard !isFound else { return }
    for index in needles.indices where step(&needles[index], byte) { isFound = true }
  }

  private func step(_ needle: inout Needle, _ byte: UInt8) -> Bool {
    while needle.matched > 0, needle.bytes[needle.matched] != byte {
      needle.matched = needle.back[needle.matched]
    }
    if needle.bytes.indices.contains(needle.matched), needle.bytes[needle.matched] == byte {
      needle.matched += 1
    }
    return needle.matched == needle.bytes.count && !needle.bytes.isEmpty
  }
}
