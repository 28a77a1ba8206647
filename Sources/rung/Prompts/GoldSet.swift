import JSONReading
import JSONWriting
import OpenAIWire
import TextPatterns

/// Requests with what their answers must have: one JSON object a line, with `question` or `messages`,
/// and `expect`.
struct GoldSet {
  let path: String
  let items: [Item]

  struct Item: Sendable {
    let name: String
    let check: AnswerCheck
    /// The JSON of its messages, without brackets.
    fileprivate let messages: [UInt8]

    /// As a caller with this system prompt would send it.
    func request(saying prompt: String) throws(CommandFailure) -> RequestFile {
      var body = Array(#"{"messages":[{"role":"system","content":"#.utf8)
      var json = JSONWriter()
      json.string(prompt)
      body += json.bytes + Array("},".utf8) + messages + Array("]}".utf8)
      do throws(WireProblem) {
        return RequestFile(name, try ChatRequest(body))
      } catch {
        throw CommandFailure("\(name): \(error.message)")
      }
    }
  }

  init(_ path: String) throws(CommandFailure) {
    self.path = path
    var items: [Item] = []
    for (number, line) in RequestFile.lines(of: try Files.input(path)) {
      items.append(try Self.item(Array(line), "\(path):\(number)"))
    }
    guard !items.isEmpty else { throw CommandFailure("\(path): the file has no requests") }
    self.items = items
  }

  private static func item(_ line: [UInt8], _ name: String) throws(CommandFailure) -> Item {
    let root: JSONValue
    do throws(JSONProblem) {
      root = try JSONText(line).root
    } catch {
      throw CommandFailure("\(name): \(error.description)")
    }
    for (key, _) in root.members {
      guard ["id", "question", "messages", "expect"].contains(key.string ?? "") else {
        throw CommandFailure(
          "\(name): a gold request has `question` or `messages`, and `expect`, not "
            + "`\(Terminal.harmless(key.string ?? ""))`")
      }
    }
    guard let expect = root["expect"] else {
      throw CommandFailure("\(name): `expect` is missing: say what the answer must have")
    }
    return Item(
      name: name, check: try AnswerCheck(expect, name), messages: try messages(of: root, name))
  }

  private static func messages(
    of root: JSONValue, _ name: String
  ) throws(CommandFailure) -> [UInt8] {
    switch (root["question"]?.string, root["messages"]) {
    case (let question?, nil):
      var json = JSONWriter()
      json.object { json in
        json.member("role", "user")
        json.member("content", question)
      }
      return json.bytes
    case (nil, let messages?) where messages.kind == .array:
      let all = Array(messages.elements)
      let roles = all.map { $0["role"]?.string }
      guard !all.isEmpty, !roles.contains("system"), !roles.contains("developer") else {
        throw CommandFailure(
          "\(name): `messages` has no system message: the prompts that are compared take its place")
      }
      return Array(all.map { Array($0.raw) }.joined(separator: [UInt8(ascii: ",")]))
    case (nil, _?), (_?, _), (nil, nil):
      throw CommandFailure("\(name): give it one of `question`, a text, and `messages`, a list")
    }
  }
}

/// What an answer must have; all of it.
struct AnswerCheck: Sendable {
  private var parts: [Part] = []

  private enum Part: Sendable {
    case contains(String)
    case lacks(String)
    case equals(String)
    case matches(PatternSet)
    case json
  }

  /// `{"contains": TEXT or [TEXT …], "lacks": …, "equals": TEXT, "matches": RE2, "json": true}`.
  fileprivate init(_ expect: JSONValue, _ name: String) throws(CommandFailure) {
    guard expect.kind == .object else {
      throw CommandFailure("\(name): `expect` is an object such as {\"contains\": \"48 hours\"}")
    }
    for (key, value) in expect.members {
      let word = key.string ?? ""
      switch word {
      case "contains": parts += try Self.texts(value, word, name).map { .contains($0) }
      case "lacks": parts += try Self.texts(value, word, name).map { .lacks($0) }
      case "equals": parts += try Self.texts(value, word, name).map { .equals($0) }
      case "matches":
        for text in try Self.texts(value, word, name) {
          do throws(PatternError) {
            parts.append(.matches(try PatternSet([.matches(text)])))
          } catch {
            throw CommandFailure("\(name): `matches` is no RE2 pattern: `\(text)`")
          }
        }
      case "json":
        guard value.bool == true else { throw CommandFailure("\(name): `json` takes true") }
        parts.append(.json)
      default:
        throw CommandFailure(
          "\(name): `expect` knows contains, lacks, equals, matches and json, not "
            + "`\(Terminal.harmless(word))`")
      }
    }
    guard !parts.isEmpty else { throw CommandFailure("\(name): `expect` expects nothing") }
  }

  private static func texts(
    _ value: JSONValue, _ word: String, _ name: String
  ) throws(CommandFailure) -> [String] {
    let texts = value.string.map { [$0] } ?? value.elements.compactMap(\.string)
    guard !texts.isEmpty, texts.allSatisfy({ !$0.isEmpty }),
      value.kind == .string || texts.count == Array(value.elements).count
    else { throw CommandFailure("\(name): `\(word)` takes a text or a list of texts") }
    return texts
  }

  /// Upper and lower case are told apart, as everywhere with `contains`.
  func holds(of answer: String) -> Bool {
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
      }
    }
  }
}

extension String {
  /// Without white space at its ends.
  var trimmed: String {
    var rest = drop(while: \.isWhitespace)
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
