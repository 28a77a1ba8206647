import Foundation
import PolicyDiagnostics
import PolicySource
import RoutingTestSupport
import Testing
import YAMLReading

/// YAML contains JSON: what a JSON file says must come back unchanged.
@Suite struct `JSON files read as YAML` {
  @Test(arguments: [
    "litellm-model_prices_and_context_window.json", "openai_openapi_subset.json",
    "sarif-schema-2.1.0.json", "blns.json",
  ])
  func `come back as they were`(name: String) throws {
    guard let bytes = try SharedData.bytes(of: name, for: "JSON files read as YAML") else { return }
    let file = SourceFile(id: SourceID(0), path: name, bytes: bytes)
    var parsed = Parsed<YAMLNode?>(nil, diagnostics: [])
    let time = ContinuousClock().measure { parsed = YAMLReader.read(file) }
    if let first = parsed.diagnostics.first {
      // Keys longer than 1,024 characters and raw control characters are JSON, but no YAML.
      SharedData.say("\(name): refused: \(Outline.place(first, in: file)) \(first.message)")
      #expect(name == "blns.json")
      return
    }
    let root = try #require(parsed.value)
    let json = try #require(root.jsonBytes.value)
    SharedData.say("\(name): \(bytes.count) bytes in \(time)")
    let ours = try JSONSerialization.jsonObject(with: Data(json)) as? NSObject
    let theirs = try JSONSerialization.jsonObject(with: Data(bytes)) as? NSObject
    #expect(ours != nil && ours == theirs)
  }
}
