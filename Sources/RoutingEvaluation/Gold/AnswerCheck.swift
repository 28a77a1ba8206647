package import JSONReading
import PolicyDiagnostics
import PolicySemantics
import RoutingGates
import TextPatterns

/// What an answer must have; all of it.
package struct AnswerCheck: Sendable {
  private var parts: [Part] = []

  private enum Part: Sendable {
    case contains(String)
    case lacks(String)
    case equals(String)
    case matches(PatternSet)
    case json
    case means(CanonicalJSON)
    case number(StatedNumber)
    case choice(StatedChoice)
  }

  private static let words = [
    "contains", "lacks", "equals", "matches", "json", "json_equals", "number", "choice",
  ]

  /// `{"contains": TEXT or [TEXT …], "lacks": …, "equals": TEXT, "matches": RE2, "json": true,
  /// "json_equals": VALUE, "number": 42 or {"is": 42, "within": 0.5},
  /// "choice": {"is": "B", "of": ["A", "B"]}}`.
  package init(_ expect: JSONValue, _ name: String) throws(EvaluationProblem) {
    guard expect.kind == .object else {
      throw EvaluationProblem(
        "\(name): `expect` is an object such as {\"contains\": \"48 hours\"}")
    }
    for (key, value) in expect.members { try add(value, key.string ?? "", name) }
    guard !parts.isEmpty else { throw EvaluationProblem("\(name): `expect` expects nothing") }
  }

  private mutating func add(
    _ value: JSONValue, _ word: String, _ name: String
  ) throws(EvaluationProblem) {
    switch word {
    case "contains": parts += try Self.texts(value, word, name).map { .contains($0) }
    case "lacks": parts += try Self.texts(value, word, name).map { .lacks($0) }
    case "equals": parts += try Self.texts(value, word, name).map { .equals($0) }
    case "matches":
      for text in try Self.texts(value, word, name) {
        do throws(PatternError) {
          parts.append(.matches(try PatternSet([.matches(text)])))
        } catch {
          throw EvaluationProblem("\(name): `matches` is no RE2 pattern: `\(text)`")
        }
      }
    case "json":
      guard value.bool == true else {
        throw EvaluationProblem("\(name): `json` takes true; `json_equals` takes a value")
      }
      parts.append(.json)
    case "json_equals": parts.append(.means(CanonicalJSON(value)))
    case "number": parts.append(.number(try StatedNumber(value, name)))
    case "choice": parts.append(.choice(try StatedChoice(value, name)))
    default:
      throw EvaluationProblem(
        "\(name): `expect` knows \(Self.words.joined(separator: ", ")), not `\(word.harmless)`")
    }
  }

  private static func texts(
    _ value: JSONValue, _ word: String, _ name: String
  ) throws(EvaluationProblem) -> [String] {
    let texts = value.string.map { [$0] } ?? value.elements.compactMap(\.string)
    guard !texts.isEmpty, texts.allSatisfy({ !$0.isEmpty }),
      value.kind == .string || texts.count == Array(value.elements).count
    else { throw EvaluationProblem("\(name): `\(word)` takes a text or a list of texts") }
    return texts
  }

  /// Upper and lower case are told apart, as everywhere with `contains`.
  package func holds(of answer: String) -> Bool {
    parts.allSatisfy { part in
      switch part {
      case .contains(let text): return answer.contains(text)
      case .lacks(let text): return !answer.contains(text)
      case .equals(let text): return answer.trimmed == text.trimmed
      case .matches(let pattern):
        var scan = TextScan(of: pattern)
        scan.start()
        return (try? scan.holds(0, in: Array(answer.utf8).span)) == true
      case .json: return (try? JSONText(Array(answer.utf8))) != nil
      case .means(let value):
        guard let json = try? JSONText(Array(answer.utf8)) else { return false }
        return CanonicalJSON(json.root) == value
      case .number(let number): return number.holds(of: answer)
      case .choice(let choice): return choice.holds(of: answer)
      }
    }
  }
}

extension String {
  /// Without white space at its ends.
  package var trimmed: String {
    var rest = drop(while: \.isWhitespace)
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }

  /// On one line: what would move a cursor or change colours is a mark.
  var harmless: String { VisibleText.of(self) }
}
