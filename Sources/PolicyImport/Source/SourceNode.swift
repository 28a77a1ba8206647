import CatalogImport
import JSONReading
import RoutingCatalog

/// A value of a configuration, of YAML or of JSON, that knows its line and the keys that lead to it.
struct SourceNode {
  let content: Content
  /// 1-based.
  let line: Int
  /// `model_list[2].litellm_params.api_key`; empty for the root.
  let path: String
  let id: Int
  let marks: ReadMarks
  /// Whether it has an anchor, so that what it says is said where it is used.
  var isAnchored = false

  enum Content {
    case object([Member])
    case list([SourceNode])
    case text(String)
    /// As it is written in JSON.
    case number(String)
    case bool(Bool)
    /// Nothing was written, or `null`.
    case null
  }

  struct Member {
    let key: String
    let line: Int
    /// The value, without looking at it.
    let stored: SourceNode

    /// The value, which counts as looked at from now on.
    var value: SourceNode {
      stored.marks.markRead(stored.id)
      return stored
    }
  }

  /// Whether it is there to be shared: it or a part of it has an anchor.
  var isShared: Bool {
    if case .list(let elements) = content {
      return isAnchored || elements.contains(where: \.isShared)
    }
    return isAnchored || members.contains(where: \.stored.isShared)
  }

  var members: [Member] {
    if case .object(let members) = content { members } else { [] }
  }

  /// They count as looked at from now on.
  var elements: [SourceNode] {
    guard case .list(let elements) = content else { return [] }
    for element in elements { marks.markRead(element.id) }
    return elements
  }

  var isObject: Bool {
    if case .object = content { true } else { false }
  }

  var isList: Bool {
    if case .list = content { true } else { false }
  }

  var isNull: Bool {
    if case .null = content { true } else { false }
  }

  /// Of a member; the last one where a key stands twice.
  subscript(key: String) -> SourceNode? {
    members.last { $0.key == key && !$0.stored.isNull }?.value
  }

  /// A text, or a number or a word of YAML where a text is meant.
  var text: String? {
    switch content {
    case .text(let text): text
    case .number(let text): text
    case .bool(let flag): flag ? "true" : "false"
    case .object, .list, .null: nil
    }
  }

  /// A text a catalog or a report may show: one short line that is no secret.
  var name: String? {
    guard let text, DraftNames.isHoldable(text) else { return nil }
    return text
  }

  /// As Python's YAML has it too: `yes`, `no`, `on`, `off`.
  var bool: Bool? {
    switch content {
    case .bool(let flag): flag
    case .text(let text):
      switch text.lowercased() {
      case "true", "yes", "on": true
      case "false", "no", "off": false
      default: nil
      }
    case .number, .object, .list, .null: nil
    }
  }

  /// A number as JSON writes it, from digits in quotes and Python's `20_000` too.
  var number: String? {
    switch content {
    case .number(let text): return text
    case .text(let text):
      let digits = text.filter { $0 != "_" }
      guard let value = try? JSONText(digits).root, value.kind == .number else { return nil }
      return String(decoding: value.raw, as: UTF8.self)
    case .bool, .object, .list, .null: return nil
    }
  }

  /// The number × 10^places if that is a whole one; nil for all else.
  ///
  /// No floating point touches it.
  func exactly(places: Int) -> Int64? {
    guard let number, let value = try? JSONText(number).root, let scaled = value.scaled(by: places),
      scaled.isExact
    else { return nil }
    return scaled.value
  }

  /// A whole number from 1 that a catalog takes.
  var count: Int64? {
    exactly(places: 0).flatMap { (1...1_000_000_000_000).contains($0) ? $0 : nil }
  }

  /// Whether it is a whole number, and more than a catalog takes.
  var isBeyondCounts: Bool {
    guard let number, number.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
    return number.drop { $0 == "0" }.utf8.count > 12 && count == nil
  }

  /// Texts of a list, or the one text that stands alone; nil if anything else is among them.
  var names: [SourceNode]? {
    if name != nil { return [self] }
    guard isList else { return nil }
    return elements.allSatisfy { $0.name != nil } ? elements : nil
  }
}
