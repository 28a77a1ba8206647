import JSONReading
import JSONWriting

/// The messages of a request while their system text is edited; all others pass byte for byte.
struct SystemText {
  private var messages: [Entry]

  private struct Entry {
    /// Nil of every message but a system or developer message.
    var systemRole: ChatRole?
    var raw: [UInt8]
  }

  private enum End { case front, back }

  init(_ read: [ChatMessage]) {
    messages = read.map { message in
      let isSystem = message.role == .system || message.role == .developer
      return Entry(systemRole: isSystem ? message.role : nil, raw: Array(message.value.raw))
    }
  }

  mutating func apply(_ edit: SystemEdit) {
    switch edit {
    case .prepend(let text): extend(at: .front, with: text)
    case .append(let text): extend(at: .back, with: text)
    case .replace(let text): replace(with: text)
    }
  }

  /// The array of messages.
  var json: [UInt8] {
    var json = JSONWriter()
    json.array { json in
      for message in messages { json.raw(message.raw) }
    }
    return json.bytes
  }

  private mutating func replace(with text: String) {
    let first = messages.firstIndex { $0.systemRole != nil }
    let role = first.flatMap { messages[$0].systemRole } ?? .system
    messages.removeAll { $0.systemRole != nil }
    messages.insert(Self.message(role, text), at: first ?? 0)
  }

  private mutating func extend(at end: End, with text: String) {
    let place =
      switch end {
      case .front: messages.firstIndex { $0.systemRole != nil }
      case .back: messages.lastIndex { $0.systemRole != nil }
      }
    guard let place, let extended = Self.extended(messages[place].raw, at: end, with: text) else {
      messages.insert(Self.message(.system, text), at: 0)
      return
    }
    messages[place].raw = extended
  }

  private static func message(_ role: ChatRole, _ text: String) -> Entry {
    var json = JSONWriter()
    json.object { json in
      json.member("role", role.rawValue)
      json.member("content", text)
    }
    return Entry(systemRole: role, raw: json.bytes)
  }

  /// The message with more text in its content, the rest of it as it was; nil if it has no content
  /// to extend.
  private static func extended(_ raw: [UInt8], at end: End, with text: String) -> [UInt8]? {
    guard let content = try? JSONText(raw).root["content"] else { return nil }
    var insertion: [UInt8] = []
    switch content.kind {
    case .string:
      JSONEscapes.append(end == .front ? text + "\n\n" : "\n\n" + text, to: &insertion)
    case .array:
      insertion = part(text)
      let isEmpty = content.elements.first { _ in true } == nil
      if !isEmpty {
        insertion.insert(UInt8(ascii: ","), at: end == .front ? insertion.count : 0)
      }
    case .object, .number, .true, .false, .null: return nil
    }
    let place = end == .front ? content.range.lowerBound + 1 : content.range.upperBound - 1
    return raw[..<place] + insertion + raw[place...]
  }

  private static func part(_ text: String) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("type", "text")
      json.member("text", text)
    }
    return json.bytes
  }
}
