import Foundation
import PolicyDiagnostics
import PolicySource
import RoutingTestSupport
import TokenEstimates
import YAMLReading

/// One recorded request and the input tokens its provider billed.
struct RecordedUsage {
  let name: String
  let host: String
  let family: TokenFamily
  let texts: [String]
  /// 0 where a text is sent without any role.
  let messages: Int
  /// Everything of the request that describes tools or an answer's shape.
  let definitionBytes: Int
  let hasTools: Bool
  let tokens: Int64

  var estimate: TokenEstimate {
    var sum = messages > 0 ? TokenEstimate(messages: messages, family: family) : .zero
    for text in texts { sum += TokenEstimate(text: Array(text.utf8).span, family: family) }
    return sum
      + TokenEstimate(
        definitionBytes: Int64(definitionBytes), hasTools: hasTools, family: family)
  }

  /// All recordings with usage of text requests; nil where the shared data is absent.
  static func all() throws -> [RecordedUsage]? {
    guard
      let files = try SharedData.archive("openllmetry_cassettes.tar.gz", for: "token estimates")
    else { return nil }
    return files.flatMap { path, bytes in
      interactions(of: bytes).compactMap { RecordedUsage($0, name: path) }
    }
  }

  /// The requests and responses of a cassette.
  private static func interactions(of bytes: [UInt8]) -> [YAMLNode] {
    // The tag only says that the text is base64; the reader of catalogs refuses every tag.
    let text = String(decoding: bytes, as: UTF8.self).replacing("!!binary |", with: "|")
    let file = SourceFile(path: "cassette", text: text)
    guard case .sequence(let items)? = YAMLReader.read(file).value?["interactions"]?.content else {
      return []
    }
    return items
  }

  private init?(_ interaction: YAMLNode, name: String) {
    guard let body = interaction["request"]?["body"]?.scalar?.text,
      let uri = interaction["request"]?["uri"]?.scalar?.text,
      let answer = interaction["response"]?["body"]?["string"]?.scalar?.text,
      let request = try? JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any],
      let tokens = Self.inputTokens(in: Self.plain(answer))
    else { return nil }
    self.name = name
    self.tokens = tokens
    host = uri.split(separator: "/").dropFirst().first.map(String.init) ?? uri
    family = Self.family(of: request["model"] as? String ?? "", host: host)
    var texts: [String] = []
    for key in ["messages", "input", "prompt", "system", "message", "contents", "texts"] {
      if let value = request[key], !Self.collect(value, into: &texts) { return nil }
    }
    self.texts = texts
    let isBare =
      uri.contains("/embeddings") || uri.hasSuffix("/completions") && !uri.contains("chat")
    let turns = request["messages"] as? [Any] ?? request["input"] as? [Any]
    messages = isBare ? 0 : turns?.count ?? 1
    let definitions = ["tools", "functions", "response_format", "output_format", "text", "format"]
      .compactMap { request[$0] }
    definitionBytes = definitions.reduce(0) { $0 + Self.size(of: $1) }
    hasTools = request["tools"] != nil || request["functions"] != nil
  }
}

extension RecordedUsage {
  /// The text of an answer that may have been recorded as base64 of gzip.
  private static func plain(_ answer: String) -> String {
    guard answer.hasPrefix("H4sI"),
      let data = Data(base64Encoded: answer, options: .ignoreUnknownCharacters)
    else { return answer }
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).gz")
    defer { try? FileManager.default.removeItem(at: file) }
    let gzip = Process()
    let output = Pipe()
    gzip.executableURL = URL(filePath: "/usr/bin/env")
    gzip.arguments = ["gzip", "-dc", file.path]
    gzip.standardOutput = output
    guard (try? data.write(to: file)) != nil, (try? gzip.run()) != nil else { return "" }
    let text = output.fileHandleForReading.readDataToEndOfFile()
    gzip.waitUntilExit()
    return String(decoding: text, as: UTF8.self)
  }

  /// The input tokens, cached ones too; the largest where a stream repeats them.
  private static func inputTokens(in answer: String) -> Int64? {
    func largest(_ names: [String]) -> Int64? {
      names.compactMap { name in
        answer.matches(of: /"([A-Za-z_]+)"\s*:\s*(\d+)/).lazy
          .filter { $0.1 == name }.compactMap { Int64($0.2) }.max()
      }.max()
    }
    guard
      let fresh = largest([
        "prompt_tokens", "input_tokens", "prompt_eval_count", "promptTokenCount",
      ])
    else { return nil }
    let cached = ["cache_creation_input_tokens", "cache_read_input_tokens"]
      .compactMap { largest([$0]) }.reduce(0, +)
    return fresh + cached > 0 ? fresh + cached : nil
  }

  private static func family(of model: String, host: String) -> TokenFamily {
    let name = model.lowercased()
    if host.contains("azure") || host.contains("openai") { return .openAI }
    if name.contains("claude") { return .claude }
    if name.contains("llama") { return .llama }
    if name.contains("mistral") || name.contains("mixtral") { return .mistral }
    if name.contains("gemma") || name.contains("gemini") { return .gemini }
    return name.contains("deepseek") ? .deepseek : .generic
  }

  /// Adds the texts of a value; false if it holds something that is no text.
  private static func collect(_ value: Any, into texts: inout [String]) -> Bool {
    switch value {
    case let text as String:
      texts.append(text)
    case let list as [Any]:
      return list.allSatisfy { collect($0, into: &texts) }
    case let object as [String: Any]:
      if object["image_url"] != nil || object["source"] != nil || object["file"] != nil {
        return false
      }
      for key in [
        "content", "text", "parts", "tool_calls", "function", "arguments", "input", "name",
      ] {
        if let inner = object[key], !(inner is NSNull), !collect(inner, into: &texts) {
          return false
        }
      }
    default: break
    }
    return true
  }

  private static func size(of value: Any) -> Int {
    if let text = value as? String { return text.utf8.count }
    guard JSONSerialization.isValidJSONObject(value) else { return 0 }
    return (try? JSONSerialization.data(withJSONObject: value))?.count ?? 0
  }
}

extension YAMLNode {
  fileprivate subscript(key: String) -> YAMLNode? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value
  }
}
