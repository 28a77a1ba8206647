import Foundation
import PolicyDiagnostics
import PolicySource
import YAMLReading

/// Exchanges with providers that somebody else recorded.
package struct RecordedExchange: Sendable {
  package let file: String
  package let url: String
  package let status: Int
  package let contentType: String
  package let request: [UInt8]
  package let answer: [UInt8]

  package var isChat: Bool { url.contains("/chat/completions") }
  package var isStream: Bool { contentType.hasPrefix("text/event-stream") }

  /// All of them; nil after saying that the data is absent.
  package static func all(for reader: String) throws -> [RecordedExchange]? {
    guard let files = try SharedData.archive("openllmetry_cassettes.tar.gz", for: reader) else {
      return nil
    }
    var exchanges: [RecordedExchange] = []
    for (path, bytes) in files where path.hasSuffix(".yaml") {
      // The reader refuses tags; a binary body is the text of its base64.
      let text = String(decoding: bytes, as: UTF8.self).replacing("!!binary", with: "")
      let file = SourceFile(path: path, text: text)
      guard let root = YAMLReader.read(file).value else { continue }
      for exchange in root["interactions"]?.items ?? [] {
        exchanges.append(RecordedExchange(exchange, file: path))
      }
    }
    return exchanges
  }

  private init(_ node: YAMLNode, file: String) {
    self.file = file
    let response = node["response"]
    url = node["request"]?["uri"]?.text ?? ""
    status = Int(response?["status"]?["code"]?.text ?? "") ?? 0
    let headers = response?["headers"]
    let type = headers?["content-type"] ?? headers?["Content-Type"]
    contentType = type?.items.first?.text ?? type?.text ?? ""
    request = Self.bytes(node["request"]?["body"])
    answer = Self.bytes(response?["body"]?["string"] ?? response?["body"])
  }

  /// A body as text, or packed and in base64.
  private static func bytes(_ node: YAMLNode?) -> [UInt8] {
    let text = node?.text ?? ""
    guard text.hasPrefix("H4sI") else { return Array(text.utf8) }
    guard let packed = Data(base64Encoded: text, options: .ignoreUnknownCharacters) else {
      return []
    }
    let place = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).gz")
    defer { try? FileManager.default.removeItem(at: place) }
    let gzip = Process()
    let output = Pipe()
    gzip.executableURL = URL(filePath: "/usr/bin/env")
    gzip.arguments = ["gzip", "-dc", place.path]
    gzip.standardOutput = output
    guard (try? packed.write(to: place)) != nil, (try? gzip.run()) != nil else { return [] }
    let data = (try? output.fileHandleForReading.readToEnd()) ?? Data()
    gzip.waitUntilExit()
    return Array(data)
  }
}

extension YAMLNode {
  fileprivate subscript(key: String) -> YAMLNode? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value
  }

  fileprivate var items: [YAMLNode] {
    if case .sequence(let items) = content { items } else { [] }
  }

  fileprivate var text: String? { scalar?.text }
}
