import Foundation
import Testing

@Suite struct `A bundle of the command` {
  /// A policy in a folder of its own, its catalog beside it.
  private static func shell() throws -> Shell {
    let shell = try Shell()
    try FileManager.default.copyItem(
      at: Shell.root.appending(path: "examples/16-one-file"),
      to: shell.folder.appending(path: "mine"))
    _ = try shell.run(
      "cp policies/support/catalog.yaml mine; sed -i s,../../policies/support/,, mine/policy.rung")
    try shell.write(
      "rung 1\n\ntest \"asked\" {\n  request file \"ask.json\"\n  expect  { route = eu }\n}\n",
      to: "mine/policy_test.rung")
    try shell.write(
      #"{"model":"auto","messages":[{"role":"user","content":"hi"}],"metadata":{"country":"fr"}}"#,
      to: "mine/ask.json")
    try shell.write("rules:\n  unused_declaration: error\n", to: "mine/rung.yaml")
    return shell
  }

  /// However short the key is.
  @Test(arguments: [
    ("sk-1234567890", "the key that AZURE_FR_KEY holds: take it out"), ("k9#", "the 3 characters"),
    ("~", "the 1 character that"),
  ])
  func `holds nothing that a variable of its catalog holds`(key: String, says: String) throws {
    let shell = try Self.shell()
    defer { shell.remove() }
    let environment = ["AZURE_FR_KEY": key]
    #expect(try shell.run("rung bundle mine -o a.bundle", environment: environment).count == 1)
    try shell.write("Be brief. \(key)\n", to: "mine/brief.md")
    let said = try shell.run("rung bundle mine -o b.bundle", environment: environment)
    #expect(said.last == "[exit 1]" && said[0].contains("`brief.md` holds \(says)"), "\(said)")
    #expect(try shell.run("ls *.bundle") == ["a.bundle"])
    #expect(
      try shell.run("rung bundle mine -o b.bundle", environment: ["AZURE_FR_KEY": ""]).count == 1)
  }

  /// One error, whatever the bytes.
  @Test(arguments: ["gzip", "bzip2", "xz", "zstd"])
  func `that was compressed is refused by the name of that`(program: String) throws {
    let shell = try Self.shell()
    defer { shell.remove() }
    let there = try shell.run("command -v \(program)")
    guard there.count == 1, there[0].hasPrefix("/") else {
      return print("there is no \(program): not tried")
    }
    _ = try shell.run("rung bundle mine -o a.bundle && \(program) -c a.bundle > packed.bundle")
    for command in ["check", "test", "explain", "bundle verify", "bundle show"] {
      let request = command == "explain" ? " mine/ask.json" : ""
      let said = try shell.run("rung \(command) packed.bundle\(request)")
      #expect(said.count == 2 && said.last?.hasPrefix("[exit") == true, "\(command): \(said)")
      #expect(said[0].hasPrefix("`packed.bundle` is compressed with \(program): "), "\(said)")
    }
  }

  @Test func `is the same bytes from wherever it is made, and tar reads it`() throws {
    let shell = try Self.shell()
    defer { shell.remove() }
    let digest = try shell.run("rung bundle mine --tests -o one.bundle")
    #expect(digest.count == 1 && digest[0].hasPrefix("sha256:") && digest[0].count == 71)
    _ = try shell.run("mkdir -p far/off && cp -r mine far/off/other && sleep 1 && touch mine/*")
    #expect(
      try shell.run(
        "cd far/off && rung bundle \"$PWD/other/policy.rung\" --tests -o ../../two.bundle")
        == digest)
    #expect(try shell.run("cmp one.bundle two.bundle") == [])
    #expect(
      try shell.run("sha256sum < one.bundle | cut -c1-64") == [String(digest[0].dropFirst(7))])
    let names = [
      "bundle.json", "files/ask.json", "files/brief.md", "files/catalog.yaml",
      "files/org/answer.schema.json", "files/org/answers.rung", "files/org/law/places.rung",
      "files/policy.rung", "files/policy_test.rung", "files/rung.yaml",
    ]
    #expect(try shell.run("tar -tf one.bundle") == names)
    #expect(try shell.run("mkdir out && tar -xf one.bundle -C out && diff -r out/files mine") == [])
  }

  /// Each command of a policy says of the bundle what it says of the files.
  @Test(arguments: [
    "check", "test", "graph --format json", "expand", "diff mine", "cases", "test --coverage",
    "explain --format json",
  ])
  func `is taken wherever a policy is`(command: String) throws {
    let shell = try Self.shell()
    defer { shell.remove() }
    _ = try shell.run("rung bundle mine --tests -o mine/it.bundle")
    let words = command.split(separator: " ").map(String.init)
    let rest = words.dropFirst().joined(separator: " ")
    let request = words[0] == "explain" ? "ask.json --at 2026-03-02T09:00:00Z" : ""
    func said(_ policy: String) throws -> [String] {
      let arguments = words[0] == "diff" ? "policy.rung \(policy)" : "\(policy) \(rest)"
      return try shell.run("cd mine && rung \(words[0]) \(arguments) \(request)")
    }
    let files = try said("policy.rung")
    // A difference is headed by the two it is between.
    let bundle = try said("it.bundle").map { $0.replacing("it.bundle: ", with: "") }
    #expect(bundle == files)
    #expect(!files.isEmpty && files.last?.hasPrefix("[exit") == false)
  }

  @Test func `carries no key, and no path of this machine`() throws {
    let shell = try Self.shell()
    defer { shell.remove() }
    try shell.write("Use the key very-secret-1234 for all.\n", to: "mine/brief.md")
    let refused = try shell.run(
      "rung bundle mine -o it.bundle", environment: ["GLOBAL_APIS_KEY": "very-secret-1234"])
    #expect(
      refused == [
        "`brief.md` holds the key that GLOBAL_APIS_KEY holds: take it out, and change the key",
        "[exit 1]",
      ])
    try shell.write("Be brief.\n", to: "mine/brief.md")
    _ = try shell.run(
      "rung bundle mine -o it.bundle", environment: ["GLOBAL_APIS_KEY": "k-12345678"])
    #expect(try shell.run("grep -c k-12345678 it.bundle") == ["0", "[exit 1]"])
    _ = try shell.run("sed -i \"s,brief.md,$PWD/mine/brief.md,\" mine/policy.rung")
    let absolute = try shell.run("rung bundle mine -o it.bundle")
    #expect(absolute.last == "[exit 2]" && absolute[0].contains("stays on this machine"))
    #expect(
      try shell.run("rung bundle mine -o mine/catalog.yaml").first?.contains("would be lost")
        != nil)
  }

  @Test func `is refused when it is not what was packed`() throws {
    let shell = try Self.shell()
    defer { shell.remove() }
    let digest = try shell.run("rung bundle mine -o it.bundle")[0]
    #expect(
      try shell.run("rung bundle verify it.bundle --digest \(digest)")
        == ["it.bundle: 7 files as packed, \(digest), as asked for"])
    _ = try shell.run("sed 's/the Union/the union/' it.bundle > bad.bundle")
    for command in ["bundle verify", "check", "serve --bundle", "serve", "explain"] {
      let request = command == "explain" ? " mine/ask.json" : ""
      let said = try shell.run("rung \(command) bad.bundle\(request)")
      #expect(
        said.first?.hasPrefix("`bad.bundle` holds a changed `org/law/places.rung`: it is sha256:")
          == true && said.last == "[exit 1]", "\(command): \(said)")
    }
    _ = try shell.run("sed -i 's/two/three/' mine/brief.md; rung bundle mine -o new.bundle")
    for command in [
      "bundle verify new.bundle --digest", "serve --bundle new.bundle --bundle-digest",
    ] {
      let said = try shell.run("rung \(command) \(digest)")
      #expect(said.first?.contains("and \(digest) was asked for") == true, "\(said)")
    }
    #expect(
      try shell.run("rung bundle verify mine/policy.rung").first?.contains("no bundle") == true)
    for command in ["fmt it.bundle", "check --fix it.bundle"] {
      #expect(try shell.run("rung \(command)").first?.contains("nothing in it is changed") == true)
    }
    #expect(
      try shell.run("rung serve mine --bundle it.bundle").first?.contains("one of them") == true)
  }

  /// A served bundle that changes on disk changes nothing, and is told of; SIGHUP takes a new one.
  @Test func `goes on being served as it was proved`() throws {
    let shell = try Self.shell()
    defer { shell.remove() }
    try shell.write(
      """
      wait_for() { n=0; until grep -q "$1" log; do n=$((n+1)); [ $n -lt 400 ] || return 1; sleep 0.05; done; }
      first=$(rung bundle mine -o it.bundle)
      sed -i 's/two/three/' mine/brief.md
      second=$(rung bundle mine -o new.bundle)
      sed 's/the Union/the union/' new.bundle > bad.bundle
      : >log
      rung serve --bundle it.bundle --port 0 $1 >log 2>&1 &
      server=$!
      wait_for '^serving' || { cat log; exit 1; }
      address=$(sed -n 's/^serving.* on \\(http:[^ ]*\\)\\/v1$/\\1/p' log)
      version() { curl -s "$address/metrics" | grep -E 'reloads?_total' ; }
      cp bad.bundle it.bundle
      wait_for 'holds a changed' && echo 'refused: changed'
      cp new.bundle it.bundle
      wait_for 'now, and\\|was asked for' && echo 'refused: another'
      kill -HUP $server
      wait_for 'policy reloaded\\|occasion=SIGHUP' && grep -o 'policy [a-z ]*reloaded' log | tail -1
      version
      kill $server; wait $server
      """, to: "try.sh")
    let free = try shell.run("sh try.sh")
    #expect(
      free.prefix(3) == ["refused: changed", "refused: another", "policy reloaded"], "\(free)")
    #expect(free.contains { $0.contains("refused") && $0.hasSuffix(" 2") }, "\(free)")
    _ = try shell.run("sed -i 's/three/two/' mine/brief.md")
    let pinned = try shell.run(
      "d=$(rung bundle mine -o x.bundle); sh try.sh \"--bundle-digest $d\"")
    #expect(
      pinned.prefix(3) == ["refused: changed", "refused: another", "policy not reloaded"],
      "\(pinned)")
  }
}
