import Foundation
import PolicyDiagnostics
import PolicySource
import RoutingTestSupport
import Testing
import YAMLReading

@Suite struct `The public YAML test suite` {
  @Test func `every file is read or refused in place`() {
    let files = YAMLSuite.shared.files
    guard !files.isEmpty else { return SharedData.say("YAML test suite: 0 files") }
    var read = 0
    for file in files {
      if let violation = TreeChecks.violation(reading: file.bytes) {
        Issue.record("\(file.name): \(violation)")
      }
      let source = SourceFile(id: SourceID(0), path: file.name, bytes: file.bytes)
      if YAMLReader.read(source).diagnostics.isEmpty { read += 1 }
    }
    SharedData.say(
      "YAML test suite: \(files.count) files, \(read) read, \(files.count - read) refused")
    #expect(files.count == 351)
    #expect(read >= 345)
  }

  @Test func `what is read means what the suite says`() throws {
    let cases = YAMLSuite.shared.cases
    guard !cases.isEmpty else { return SharedData.say("YAML test suite: 0 cases") }
    var counts: [String: Int] = [:]
    var wrong: [String] = []
    for sample in cases {
      if let violation = TreeChecks.violation(reading: sample.yaml) {
        Issue.record("\(sample.name): \(violation)")
      }
      let file = SourceFile(id: SourceID(0), path: sample.name, bytes: sample.yaml)
      let parsed = YAMLReader.read(file)
      if let first = parsed.diagnostics.first {
        counts[first.code.rawValue, default: 0] += 1
      } else if sample.fails {
        counts["read, though the suite refuses it", default: 0] += 1
      } else if let json = sample.json {
        counts["compared with the suite's JSON", default: 0] += 1
        if !Self.same(parsed.value, json) { wrong.append(sample.name) }
      } else {
        counts["read", default: 0] += 1
      }
    }
    SharedData.say("YAML test suite: \(cases.count) cases, \(wrong.count) differ: \(wrong)")
    for (what, count) in counts.sorted(by: { $0.key < $1.key }) {
      SharedData.say("  \(count) \(what)")
    }
    #expect(wrong == Self.libyamlDiffers)
  }

  /// libyaml takes `[?x]` for a key, and adds a line to a block text that ends the file in blanks.
  static let libyamlDiffers = ["652Z.yaml", "HM87.yaml", "JEF9.yaml", "L24T.yaml"]

  private static func same(_ node: YAMLNode?, _ json: String) -> Bool {
    let ours = node.map { $0.jsonBytes.value ?? [] } ?? Array("null".utf8)
    let options: JSONSerialization.ReadingOptions = [.fragmentsAllowed]
    guard
      let left = try? JSONSerialization.jsonObject(with: Data(ours), options: options) as? NSObject,
      let right = try? JSONSerialization.jsonObject(with: Data(json.utf8), options: options)
        as? NSObject
    else { return ours.isEmpty || json.allSatisfy(\.isWhitespace) }
    return left == right
  }
}
