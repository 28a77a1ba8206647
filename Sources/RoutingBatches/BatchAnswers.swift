import JSONReading
import RoutingGates

/// The one answer to a batch, made several again.
///
/// An entry counts if its id was given out, comes once, and its answer is of the form that was asked
/// for. Whatever else a model writes changes nothing for the others: an id nobody gave out is passed
/// over, and a text that is no such JSON answers nobody.
package struct BatchAnswers: Sendable {
  package enum Item: Hashable, Sendable {
    case answer(String)
    /// No entry has its id.
    case missing
    /// Several entries have its id: nobody knows which is its own.
    case duplicated
    /// Its entry is not of the form that was asked for.
    case malformed

    /// The stable word of a row; nil for an answer.
    package var word: String? {
      switch self {
      case .answer: nil
      case .missing: "missing"
      case .duplicated: "duplicated"
      case .malformed: "malformed"
      }
    }
  }

  /// One for each id, in their order.
  package let items: [Item]
  /// Entries under ids nobody gave out.
  package let strangers: Int

  /// O(bytes + items).
  package init(_ text: String, for ids: [String], _ form: BatchForm) {
    guard let entries = Self.entries(text) else {
      items = ids.map { _ in .missing }
      strangers = 0
      return
    }
    var places: [String: Int] = [:]
    for (place, id) in ids.enumerated() { places[id] = place }
    var items = [Item](repeating: .missing, count: ids.count)
    var strangers = 0
    for entry in entries.elements {
      guard let id = entry["id"]?.string, let place = places[id] else {
        strangers += 1
        continue
      }
      guard items[place] == .missing else {
        items[place] = .duplicated
        continue
      }
      items[place] = Self.answer(entry, form).map(Item.answer) ?? .malformed
    }
    self.items = items
    self.strangers = strangers
  }

  /// The list of entries; nil if the text is no object that holds one.
  private static func entries(_ text: String) -> JSONValue? {
    guard let json = try? JSONText(Array(unfenced(text).utf8), limits: JSONLimits(bytes: .max)),
      json.root.kind == .object, let items = json.root["items"], items.kind == .array
    else { return nil }
    return items
  }

  /// Without the fence some models put around JSON, whatever they are told.
  private static func unfenced(_ text: String) -> Substring {
    let text = text.trimmed
    guard text.hasPrefix("```"), text.hasSuffix("```"),
      let line = text.firstIndex(where: \.isNewline)
    else { return text }
    return text[line...].dropLast(3)
  }

  private static func answer(_ entry: JSONValue, _ form: BatchForm) -> String? {
    var count = 0
    for _ in entry.members { count += 1 }
    guard count == 2, let answer = entry["answer"] else { return nil }
    switch form {
    case .text: return answer.string.flatMap { $0.isEmpty ? nil : $0 }
    case .object: return answer.kind == .object ? String(decoding: answer.raw, as: UTF8.self) : nil
    case .schema(let schema, _, _):
      let text = String(decoding: answer.raw, as: UTF8.self)
      return schema.accepts(text) ? text : nil
    }
  }
}

extension String {
  fileprivate var trimmed: Substring {
    var text = self[...]
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return text
  }
}
