/// Why a policy cannot be used: what was found in its files.
public struct PolicyError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One line that names the first error and its place.
  public let message: String
  /// Every error, warning and note, by place; empty if the policy could not even be read.
  public let diagnostics: [Diagnostic]

  /// The message.
  public var description: String { message }
}

/// One finding about the text of a policy or its catalog.
public struct Diagnostic: Hashable, Sendable, CustomStringConvertible {
  /// How much it matters.
  public let severity: Severity
  /// Its stable name, such as `unknown_name`: `rung rule unknown_name` explains it.
  public let code: String
  /// One line.
  public let message: String
  /// Where it begins; nil if it is about no one place.
  public let place: Place?
  /// Advice, and other places that matter, one line each.
  public let notes: [String]

  /// How much a finding matters.
  public enum Severity: String, Hashable, Sendable {
    /// The policy cannot be used.
    case error
    /// It can be used, and somebody should look.
    case warning
    /// For information.
    case note
  }

  /// `policy.rung:3:5: error: no model is called `gpt` [unknown_name]`.
  public var description: String {
    let at = place.map { "\($0.path):\($0.line):\($0.column): " } ?? ""
    return "\(at)\(severity.rawValue): \(message) [\(code)]"
  }
}

/// Why a request cannot be decided: the request is wrong, or does not fit the policy.
public struct RequestError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A stable name in snake case, such as `invalid_json`, `missing_field` or `fact_missing`.
  public let code: String
  /// One line that names the place and the cure.
  public let message: String
  /// Where in the body, from 1 and in UTF-8 bytes; nil if it is about no one place.
  public let line: Int?
  /// With ``line``.
  public let column: Int?

  /// `3:5: ` before the message, if it has a place.
  public var description: String {
    guard let line, let column else { return message }
    return "\(line):\(column): \(message)"
  }
}
