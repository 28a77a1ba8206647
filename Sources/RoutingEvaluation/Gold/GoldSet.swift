import JSONReading
import JSONWriting
package import OpenAIWire

/// Questions with what their answers must have: one JSON object a line.
package struct GoldSet: Sendable {
  package let path: String
  /// In the order of the file, at least one; no two have one id.
  package let items: [GoldItem]

  /// The most lines of a set.
  package static let longest = 1_000_000

  /// Every line is looked at before anything is called; the first ten that are none are named.
  package init(_ bytes: [UInt8], path: String) throws(EvaluationProblem) {
    self.path = path
    var items: [GoldItem] = []
    var lines: [String: Int] = [:]
    var problems: [String] = []
    for (number, line) in TextLines.all(of: bytes) {
      guard items.count < Self.longest else {
        throw EvaluationProblem("\(path): more than 1,000,000 questions: give a part of them")
      }
      let place = "\(path):\(number)"
      do throws(EvaluationProblem) {
        let item = try GoldItem(Array(line), at: place, number: number)
        if let first = lines.updateValue(number, forKey: item.id) {
          throw EvaluationProblem(
            "\(place): the id `\(item.id.harmless)` is that of line \(first): give each its own")
        }
        items.append(item)
      } catch {
        problems.append(error.description)
      }
    }
    guard problems.isEmpty else { throw EvaluationProblem(all: problems) }
    guard !items.isEmpty else { throw EvaluationProblem("\(path): the file has no requests") }
    self.items = items
  }
}

/// One question of a gold set.
package struct GoldItem: Sendable {
  /// Its `id`, or the number of its line.
  package let id: String
  /// Its place, as `gold.jsonl:7`.
  package let name: String
  package let task: String?
  /// Nil where the scores of a matrix say how good an answer is.
  package let check: AnswerCheck?
  /// What classifiers say of it, by their names.
  package let classifiers: [String: String]
  private let body: Body

  private enum Body: Sendable {
    /// The JSON of its messages, without brackets.
    case messages([UInt8], hasSystem: Bool)
    case request(ChatRequest)
  }

  private static let members = [
    "id", "task", "question", "messages", "request", "expect", "classifiers",
  ]

  init(_ line: [UInt8], at place: String, number: Int) throws(EvaluationProblem) {
    let root: JSONValue
    do throws(JSONProblem) {
      root = try JSONText(line).root
    } catch {
      throw EvaluationProblem("\(place): \(error.description)")
    }
    guard root.kind == .object else {
      throw EvaluationProblem(
        "\(place): a gold request is an object such as {\"question\": \"…\", \"expect\": {…}}")
    }
    for (key, _) in root.members where !Self.members.contains(key.string ?? "") {
      throw EvaluationProblem(
        "\(place): a gold request has `question`, `messages` or `request`, and `expect`, `id`, "
          + "`task` and `classifiers`, not `\((key.string ?? "").harmless)`")
    }
    name = place
    id = try Self.text(root["id"], "id", place) ?? String(number)
    task = try Self.text(root["task"], "task", place)
    check = try root["expect"].map { value throws(EvaluationProblem) in
      try AnswerCheck(value, place)
    }
    var labels: [String: String] = [:]
    if let given = root["classifiers"] {
      for (key, value) in given.members {
        guard let label = value.string else {
          throw EvaluationProblem(
            "\(place): `classifiers` takes labels, as {\"subject\": \"law\"}")
        }
        labels[key.string ?? ""] = label
      }
    }
    classifiers = labels
    body = try Self.body(root, place)
  }

  private static func text(
    _ value: JSONValue?, _ word: String, _ place: String
  ) throws(EvaluationProblem) -> String? {
    guard let value else { return nil }
    if value.kind == .number, let number = value.integer { return String(number) }
    guard let text = value.string, !text.isEmpty else {
      throw EvaluationProblem("\(place): `\(word)` is a text that is not empty")
    }
    return text
  }

  private static func body(_ root: JSONValue, _ place: String) throws(EvaluationProblem) -> Body {
    switch (root["question"], root["messages"], root["request"]) {
    case (let question?, nil, nil) where question.kind == .string:
      var json = JSONWriter()
      json.object { json in
        json.member("role", "user")
        json.member("content", question.string ?? "")
      }
      return .messages(json.bytes, hasSystem: false)
    case (nil, let messages?, nil) where messages.kind == .array:
      let all = Array(messages.elements)
      guard !all.isEmpty else { throw EvaluationProblem("\(place): `messages` is empty") }
      let roles = all.map { $0["role"]?.string }
      return .messages(
        Array(all.map { Array($0.raw) }.joined(separator: [UInt8(ascii: ",")])),
        hasSystem: roles.contains("system") || roles.contains("developer"))
    case (nil, nil, let request?) where request.kind == .object:
      return .request(try chat(Array(request.raw), place))
    case (_, _, _):
      throw EvaluationProblem(
        "\(place): give it one of `question`, a text, `messages`, a list, and `request`, an object")
    }
  }

  private static func chat(
    _ body: [UInt8], _ place: String
  ) throws(EvaluationProblem) -> ChatRequest {
    do throws(WireProblem) {
      return try ChatRequest(body)
    } catch {
      throw EvaluationProblem("\(place): \(error.message)")
    }
  }

  /// As a caller would send it.
  package var request: ChatRequest {
    get throws(EvaluationProblem) {
      switch body {
      case .request(let request): return request
      case .messages(let messages, _):
        return try Self.chat(Array(#"{"messages":["#.utf8) + messages + Array("]}".utf8), name)
      }
    }
  }

  /// As a caller with this system prompt would send it.
  package func request(saying prompt: String) throws(EvaluationProblem) -> ChatRequest {
    guard case .messages(let messages, false) = body else {
      throw EvaluationProblem(
        "\(name): `messages` has no system message, and there is no `request`: the prompts that are "
          + "compared take its place")
    }
    var json = JSONWriter()
    json.string(prompt)
    return try Self.chat(
      Array(#"{"messages":[{"role":"system","content":"#.utf8) + json.bytes + Array("},".utf8)
        + messages + Array("]}".utf8), name)
  }
}

/// A file cut into lines.
package enum TextLines {
  /// Without the mark of the byte order that some programs write first.
  package static func unmarked(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
  }

  /// Lines with something in them and their numbers, from 1.
  package static func all(of bytes: [UInt8]) -> [(number: Int, line: ArraySlice<UInt8>)] {
    unmarked(bytes).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .enumerated()
      .map { (number: $0 + 1, line: $1.last == UInt8(ascii: "\r") ? $1.dropLast() : $1) }
      .filter { !$0.line.allSatisfy { $0 == 0x20 || $0 == 0x09 } }
  }
}
