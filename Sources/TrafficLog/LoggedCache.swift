import JSONReading

/// What a row says of caches, in its member `cache` or that of its request.
package struct LoggedCache: Equatable, Sendable {
  /// The answer came out of one, so that no model was called.
  package private(set) var isHit = false
  /// The caller wanted a new answer, whatever is kept.
  package private(set) var refusesOld = false
  /// The new answer is not kept.
  package private(set) var refusesKeeping = false

  package init() {}

  /// A ledger says `exact`, `similar` with how near, or `repeated` for a hit, `refresh` where the caller
  /// wanted a new answer, and `skip` where nothing was looked up or kept; other logs say `hit`, or what
  /// was asked of a cache in the words of HTTP.
  init(_ cell: JSONCell, in bytes: [UInt8]) {
    isHit = cell.isTrue
    guard cell.isString else { return }
    var rest = bytes[cell.content].drop(while: Self.separates)
    var isFirst = true
    while !rest.isEmpty {
      let word = rest.prefix { !Self.separates($0) }
      rest = rest.dropFirst(word.count).drop(while: Self.separates)
      // Behind the first stands how near it was, or what else was asked.
      if isFirst { isHit = Self.isOne(of: Self.hits, word) }
      if Self.isOne(of: Self.refusals, word) { refusesOld = true }
      if Self.isOne(of: Self.secrets, word) { refusesKeeping = true }
      isFirst = false
    }
  }

  private static func separates(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";")
  }

  /// In any case, as HTTP has it.
  private static func isOne(of words: [String], _ word: ArraySlice<UInt8>) -> Bool {
    words.contains { known in
      word.elementsEqual(known.utf8) { ((0x41...0x5A).contains($0) ? $0 | 0x20 : $0) == $1 }
    }
  }

  /// With what a request asks of a cache in its own member: `{"no-cache": true}`.
  mutating func add(
    _ controls: JSONCell, _ lines: borrowing JSONLines, _ inner: inout [JSONCell]
  ) {
    guard controls.isObject else { return }
    lines.pick(Self.controls, in: controls.object, into: &inner)
    if inner[0].isTrue { refusesOld = true }
    if inner[1].isTrue { refusesKeeping = true }
  }

  /// With what became of the answer.
  ///
  /// One that no gate accepted is not kept, nor one that did not end by itself: it was cut or filtered, or
  /// calls a tool. A row that says nothing of it had a whole one.
  mutating func add(status: JSONCell, finishReason: JSONCell, in bytes: [UInt8]) {
    if status.isString, bytes[status.content].elementsEqual("not_accepted".utf8) {
      refusesKeeping = true
    }
    guard finishReason.isString, !refusesKeeping else { return }
    let reason = bytes[finishReason.content]
    if !reason.isEmpty, !Self.isOne(of: Self.wholeEndings, reason) { refusesKeeping = true }
  }

  /// In the words of providers, in lower case.
  private static let wholeEndings = ["stop", "end_turn", "stop_sequence", "complete"]
  private static let hits = ["hit", "exact", "similar", "repeated"]
  private static let refusals = ["refresh", "no-cache", "skip"]
  private static let secrets = ["no-store", "skip"]
  private static let controls = JSONColumns(["no-cache", "no-store"])
}
