import JSONWriting
import Logging

/// How a line of the log is spelled.
package enum LogFormat: Hashable, Sendable {
  /// One object a line.
  case json
  /// For a reader; colours only on a terminal.
  case text(isColoured: Bool)

  /// One line with its line feed; nothing in it can make it two.
  func line(_ event: LogEvent, _ metadata: Logger.Metadata, at time: String) -> [UInt8] {
    switch self {
    case .json: Self.json(event, metadata, at: time)
    case .text(let isColoured): Self.text(event, metadata, at: time, isColoured)
    }
  }

  // MARK: JSON

  private static func json(
    _ event: LogEvent, _ metadata: Logger.Metadata, at time: String
  ) -> [UInt8] {
    var json = JSONWriter(reserving: 1_024)
    json.object { json in
      json.member("time", time)
      json.member("level", event.level.rawValue)
      json.member("message", event.message.description)
      for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
        // The three words of every line are not to be had twice.
        json.key(["time", "level", "message"].contains(key) ? "\(key)_" : key)
        write(value, to: &json)
      }
    }
    return json.bytes + [UInt8(ascii: "\n")]
  }

  private static func write(_ value: Logger.MetadataValue, to json: inout JSONWriter) {
    switch value {
    case .string(let text): json.string(text)
    case .stringConvertible(let any):
      switch any {
      case let number as Int64: json.integer(number)
      case let number as Int: json.integer(number)
      case let flag as Bool: json.bool(flag)
      default: json.string(any.description)
      }
    case .array(let values):
      json.array { json in
        for value in values { write(value, to: &json) }
      }
    case .dictionary(let members):
      json.object { json in
        for (key, value) in members.sorted(by: { $0.key < $1.key }) {
          json.key(key)
          write(value, to: &json)
        }
      }
    }
  }

  // MARK: Text

  private static func text(
    _ event: LogEvent, _ metadata: Logger.Metadata, at time: String, _ isColoured: Bool
  ) -> [UInt8] {
    let level = event.level.rawValue.uppercased()
    var line = "\(time) \(isColoured ? coloured(level, event.level) : level) "
    line += plain(event.message.description)
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
      line += isColoured ? " \u{1B}[2m\(plain(key))=\u{1B}[0m" : " \(plain(key))="
      line += word("\(value)")
    }
    return Array((line + "\n").utf8)
  }

  private static func coloured(_ word: String, _ level: Logger.Level) -> String {
    let code =
      switch level {
      case .trace, .debug: 2
      case .info: 32
      case .notice: 36
      case .warning: 33
      case .error, .critical: 31
      }
    return "\u{1B}[\(code)m\(word)\u{1B}[0m"
  }

  /// A value that stands alone, in quotes where it would not.
  private static func word(_ text: String) -> String {
    let isOne = !text.isEmpty && text.unicodeScalars.allSatisfy { $0 != " " && $0 != "\"" }
    guard !isOne else { return plain(text) }
    let escaped = text.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\\\"")
    return "\"" + plain(escaped) + "\""
  }

  /// Without what would end the line or drive a terminal.
  private static func plain(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    var plain = ""
    for scalar in text.unicodeScalars {
      if isControl(scalar) {
        plain += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        plain.unicodeScalars.append(scalar)
      }
    }
    return plain
  }

  /// C0, C1 and the separators some readers break lines at.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
      || scalar.value == 0x2028 || scalar.value == 0x2029
  }
}
