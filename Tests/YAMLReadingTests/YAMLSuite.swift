import Foundation
import PolicyDiagnostics
import PolicySource
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
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let archive = root.appendingPathComponent("../shared/data/yaml-test-suite-src.tar.gz")
      .standardizedFileURL
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("rung-yaml-suite-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    guard FileManager.default.fileExists(atPath: archive.path),
      (try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true))
        != nil
    else {
      files = []
      return
    }
    let tar = Process()
    tar.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    tar.arguments = ["tar", "xzf", archive.path, "-C", folder.path]
    try? tar.run()
    tar.waitUntilExit()
    let source = folder.appendingPathComponent("src")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: source.path)) ?? []
    files = names.sorted().compactMap { name in
      (try? Data(contentsOf: source.appendingPathComponent(name))).map { (name, Array($0)) }
    }
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
