import JSONWriting
import PolicyEditing
import PolicySource

extension DocumentQuestion {
  func completions(at position: TextPosition) -> [UInt8] {
    let place = place(at: position)
    let found = snapshot.completions(at: place)
    return Self.object { json in
      json.member("isIncomplete", false)
      json.array("items") { json in
        for (index, completion) in found.enumerated() {
          write(completion, index, &json)
        }
      }
    }
  }

  private func write(_ completion: Completion, _ index: Int, _ json: inout JSONWriter) {
    json.object { json in
      json.member("label", completion.label)
      json.member("kind", completion.kind.number)
      if !completion.detail.isEmpty { json.member("detail", completion.detail) }
      if !completion.documentation.isEmpty {
        writeMarkup(
          "documentation", completion.documentation,
          asMarkdown: client.takesMarkdownInCompletions, &json)
      }
      // In the order they come, which editors would otherwise make the alphabet's.
      json.member("sortText", Self.rank(index))
      // An editor holds what is typed in the range against it, the quote too.
      if completion.isQuoted { json.member("filterText", "\"" + completion.label) }
      let isSnippet = completion.isSnippet && client.takesSnippets
      if isSnippet { json.member("insertTextFormat", 2) }
      json.object("textEdit") { json in
        json.member("range", range(of: completion.replacing))
        json.member(
          "newText",
          completion.isSnippet && !isSnippet
            ? Snippet.plain(completion.insertText) : completion.insertText)
      }
    }
  }

  private static func rank(_ index: Int) -> String {
    let digits = String(index)
    return String(repeating: "0", count: max(0, 5 - digits.utf8.count)) + digits
  }
}

/// A text with places to fill in: `$0`, `${1}`, `${1:words}`, `${1|one,other|}`.
enum Snippet {
  /// What is left where an editor cannot fill in: the words, of choices the first.
  static func plain(_ text: String) -> String {
    var rest = Array(text.utf8)[...]
    return String(decoding: plain(&rest, until: nil), as: UTF8.self)
  }

  private static func plain(_ rest: inout ArraySlice<UInt8>, until end: UInt8?) -> [UInt8] {
    var plain: [UInt8] = []
    while let byte = rest.popFirst() {
      if byte == end { return plain }
      switch byte {
      case UInt8(ascii: "\\"):
        if let escaped = rest.popFirst() { plain.append(escaped) }
      case UInt8(ascii: "$"):
        plain += field(&rest)
      default:
        plain.append(byte)
      }
    }
    return plain
  }

  /// What follows a `$`.
  private static func field(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
    func skipDigits() {
      while let next = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(next) {
        rest = rest.dropFirst()
      }
    }
    guard rest.first == UInt8(ascii: "{") else {
      skipDigits()
      return []
    }
    rest = rest.dropFirst()
    skipDigits()
    switch rest.popFirst() {
    case UInt8(ascii: ":"): return plain(&rest, until: UInt8(ascii: "}"))
    case UInt8(ascii: "|"):
      let choices = plain(&rest, until: UInt8(ascii: "|"))
      if rest.first == UInt8(ascii: "}") { rest = rest.dropFirst() }
      return Array(choices.prefix { $0 != UInt8(ascii: ",") })
    default: return []
    }
  }
}

extension Completion.Kind {
  /// The protocol's number, of the kind whose picture fits best.
  fileprivate var number: Int {
    switch self {
    case .keyword: 14
    case .snippet: 15
    case .field: 10
    case .value: 20
    case .unit: 11
    case .rule: 21
    case .symbol(let kind): kind.completionNumber
    }
  }
}

extension SymbolKind {
  fileprivate var completionNumber: Int {
    switch self {
    case .fact: 6
    case .classifier: 13
    case .condition, .points: 3
    case .task: 7
    case .budget, .limit: 11
    case .gate, .guarding: 8
    case .ladder: 22
    case .compression: 24
    case .route: 2
    case .arm, .label: 20
    case .model, .embedder: 9
    }
  }
}
