import Foundation
import PolicyDiagnostics
import PolicySource
import RoutingTestSupport
import YAMLReading

/// The public YAML test suite, beside the project; absent on most machines.
struct YAMLSuite {
  struct Case {
    let name: String
    let yaml: [UInt8]
    /// What it should read as, where the suite says so.
    let json: String?
    /// The suite says that this is no YAML.
    let fails: Bool
  }

  let files: [(name: String, bytes: [UInt8])]

  static let shared = YAMLSuite()

  private init() {
    let archive = try? SharedData.archive("yaml-test-suite-src.tar.gz", for: "the YAML test suite")
    files = (archive ?? []).filter { $0.path.hasSuffix(".yaml") }
      .map { ($0.path.replacing("src/", with: ""), $0.bytes) }
  }

  /// The cases inside the files, read with the reader under test.
  ///
  /// A case that leaves a field out takes it from the one before.
  var cases: [Case] {
    files.flatMap { file in
      let source = SourceFile(id: SourceID(0), path: file.name, bytes: file.bytes)
      guard case .sequence(let items) = YAMLReader.read(source).value?.content else {
        return [Case]()
      }
      var json: String?
      return items.compactMap { item in
        guard case .mapping(let entries) = item.content else { return nil }
        func field(_ key: String) -> String? {
          entries.first { $0.key == key }?.value.scalar?.text
        }
        guard let yaml = field("yaml") else { return nil }
        let fails = field("fail") == "true"
        json = fails ? nil : field("json") ?? json
        return Case(name: file.name, yaml: Self.plain(yaml), json: json, fails: fails)
      }
    }
  }

  /// The suite shows invisible characters by visible ones.
  private static func plain(_ text: String) -> [UInt8] {
    var plain = text.replacingOccurrences(of: "␣", with: " ")
    for count in (0...4).reversed() {
      let tab = String(repeating: "—", count: count) + "»"
      plain = plain.replacingOccurrences(of: tab, with: "\t")
    }
    for (shown, meant) in [("↵", ""), ("∎\n", ""), ("←", "\r"), ("⇔", "\u{FEFF}")] {
      plain = plain.replacingOccurrences(of: shown, with: meant)
    }
    return Array(plain.utf8)
  }
}
