import PolicySyntax
import PolicyUnits

/// Texts and conditions as the policy language writes them.
enum PolicyText {
  /// In quotes; every character that has no place on a line is escaped.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      default:
        if isPlain(scalar) {
          result.unicodeScalars.append(scalar)
        } else {
          result += "\\u{\(String(scalar.value, radix: 16))}"
        }
      }
    }
    return result + "\""
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      false
    default: true
    }
  }

  /// Between slashes.
  static func regex(_ pattern: String) -> String {
    "/" + pattern.replacing("\\/", with: "/").replacing("/", with: "\\/") + "/"
  }

  /// A text as a pattern that matches it and nothing else.
  static func escaped(_ text: String) -> String {
    var pattern = ""
    for character in text {
      if "\\.+*?()|[]{}^$".contains(character) { pattern += "\\" }
      pattern.append(character)
    }
    return pattern
  }
}

/// Conditions with the fewest parentheses.
enum ConditionText {
  /// On one line where it fits, else with each part on its own.
  static func text(of condition: ConditionDraft) -> String {
    let text = write(condition, inside: false)
    guard text.utf8.count > 80 else { return text }
    switch condition {
    case .and(let parts): return lines(parts, "and")
    case .or(let parts): return lines(parts, "or")
    default: return text
    }
  }

  private static func lines(_ parts: [ConditionDraft], _ word: String) -> String {
    parts.map { write($0, inside: true) }.joined(separator: "\n  \(word) ")
  }

  private static func write(_ condition: ConditionDraft, inside: Bool) -> String {
    switch condition {
    case .and(let parts): joined(parts, "and", inside)
    case .or(let parts): joined(parts, "or", inside)
    case .not(let part): negated(part)
    case .oneOf(let subject, let texts): one(subject, "=", "in", texts.map(PolicyText.quoted))
    case .label(let subject, let words): one(subject, "=", "in", words)
    case .number(let subject, let comparison, let value):
      "\(subject) \(comparison.rawValue) \(value)"
    case .decimal(let subject, let comparison, let millionths):
      "\(subject) \(comparison.rawValue) \(Amounts.decimal(millionths, scale: 6))"
    case .flag(let subject): subject
    case .mentions(let subject, let texts): "\(subject) mentions (\(list(texts)))"
    case .contains(let subject, let texts): "\(subject) contains (\(list(texts)))"
    case .matches(let subject, let pattern): "\(subject) matches \(PolicyText.regex(pattern))"
    // No route is written for these; a tautology of the language stands for them.
    case .always: "max_tokens >= 0"
    case .never: "max_tokens < 0"
    }
  }

  private static func list(_ texts: [String]) -> String {
    texts.map(PolicyText.quoted).joined(separator: ", ")
  }

  private static func joined(_ parts: [ConditionDraft], _ word: String, _ inside: Bool) -> String {
    let text = parts.map { write($0, inside: true) }.joined(separator: " \(word) ")
    return inside ? "(\(text))" : text
  }

  private static func one(
    _ subject: String, _ single: String, _ several: String, _ values: [String]
  ) -> String {
    values.count == 1
      ? "\(subject) \(single) \(values[0])"
      : "\(subject) \(several) (\(values.joined(separator: ", ")))"
  }

  /// `not` never stands before a comparison.
  private static func negated(_ part: ConditionDraft) -> String {
    switch part {
    case .oneOf(let subject, let texts): one(subject, "!=", "not in", texts.map(PolicyText.quoted))
    case .label(let subject, let words): one(subject, "!=", "not in", words)
    case .and, .or: "not \(write(part, inside: true))"
    case .flag, .mentions, .contains, .matches: "not \(write(part, inside: true))"
    case .number, .decimal, .not, .always, .never: "not (\(write(part, inside: false)))"
    }
  }
}
