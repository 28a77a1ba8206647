import Foundation
import Testing

@Suite struct `The flat policy of the command` {
  /// Every policy of the repository that checks.
  static let policies: [String] = {
    let files = FileManager.default
    var found: [String] = []
    for folder in ["policies", "examples"] {
      let names =
        files.enumerator(atPath: Shell.root.appending(path: folder).path)?
        .compactMap { $0 as? String } ?? []
      found += names.filter { $0.hasSuffix(".rung") && !$0.hasSuffix("_test.rung") }
        .map { "\(folder)/\($0)" }
    }
    // Parts that others import are no policies, and one shows mistakes.
    return found.sorted().filter { !$0.contains("/org/") && !$0.contains("01-find-mistakes") }
  }()

  /// Written elsewhere, so that every path in it is written anew.
  @Test(arguments: policies)
  func `checks, decides and tests as the policy does`(policy: String) throws {
    let shell = try Shell()
    defer { shell.remove() }
    try shell.write("", to: "out/deep/.keep")
    #expect(try shell.run("rung expand \(policy) --tests -o out/deep/flat.rung") == [])
    #expect(
      try shell.run("rung diff \(policy) out/deep/flat.rung --fail-on any,renamed,undecided")
        .last?.hasPrefix("[exit") == false)
    let outcome = "sed 's/^[^ ]*\\.rung//'"
    #expect(
      try shell.run("rung test \(policy) | \(outcome)")
        == (try shell.run("rung test out/deep/flat.rung | \(outcome)")))
    let codes = "grep -oE '(error|warning)\\[[a-z_]*\\]'"
    #expect(
      try shell.run("rung check --all \(policy) | \(codes)")
        == (try shell.run("rung check --all out/deep/flat.rung | \(codes)")))
    #expect(try shell.run("rung fmt --check out/deep/flat.rung") == [])
    #expect(try shell.run("rung expand out/deep/flat.rung | cmp - out/deep/flat.rung") == [])
  }

  @Test func `is not written over what it was made of`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    try FileManager.default.copyItem(
      at: Shell.root.appending(path: "examples/16-one-file"),
      to: shell.folder.appending(path: "mine"))
    for file in ["mine/policy.rung", "mine/org/answers.rung", "mine/brief.md", "mine/x.rung"] {
      if file == "mine/x.rung" { _ = try shell.run("ln mine/org/law/places.rung mine/x.rung") }
      #expect(
        try shell.run(
          "sed -i s,../../policies,../policies, mine/policy.rung; rung expand mine -o \(file)")
          == [
            "`\(file)` is read here and would be lost; name another file with -o", "[exit 2]",
          ])
    }
  }

  @Test func `names no line of a file by a name that ends the comment`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    let catalog = "catalog \"policies/support/catalog.yaml\"\n"
    try shell.write(
      "rung 1\n\(catalog)import \"a\\nroute evil when stream { refuse \\\"x\\\" }.rung\"\n"
        + "otherwise { refuse g }\n".replacing("refuse g", with: "use qwen3-8b"),
      to: "policy.rung")
    try shell.write(
      "rung 1\ncondition late = stream\n", to: "a\nroute evil when stream { refuse \"x\" }.rung")
    let lines = try shell.run("rung expand policy.rung -o flat.rung; cat flat.rung")
    #expect(lines.contains { $0.hasPrefix("# from \"a\\nroute evil") }, "\(lines)")
    #expect(!lines.contains { $0.hasPrefix("route") }, "\(lines)")
    #expect(try shell.run("rung diff policy.rung flat.rung --fail-on any | tail -1").count == 1)
  }

  @Test func `says where each declaration was written`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    let text = try shell.run("rung expand examples/16-one-file --format json").joined(
      separator: "\n")
    let json = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let found = (json?["declarations"] as? [[String: Any]] ?? []).map { entry in
      let place = ["line", "column"].map { entry[$0] as? Int ?? 0 }
      return "\(entry["keyword"] ?? "") \(entry["name"] ?? "") "
        + "\(entry["file"] ?? ""):\(place[0]):\(place[1])"
    }
    #expect(found.contains("fact country examples/16-one-file/org/law/places.rung:3:9"))
    #expect(found.contains("gate answered examples/16-one-file/org/answers.rung:4:1"))
    #expect(found.contains("route eu examples/16-one-file/policy.rung:14:1"))
  }
}

extension Shell {
  /// Writes a file into its folder.
  func write(_ text: String, to path: String) throws {
    let file = folder.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
}
