import Foundation
import Testing

@Suite struct `What commands print` {
  private static let head = "rung 1\ncatalog \"policies/starter/catalog.yaml\"\n"

  private func write(_ text: String, to name: String, in shell: Shell) throws {
    try Data((Self.head + text).utf8).write(to: shell.folder.appending(path: name))
  }

  @Test func `Markdown fences what holds backticks, and escapes bars in tables only`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    let condition = "route a when prompt mentions (\"a|b\", \"``c\")"
    try write("\(condition) { use qwen3-8b }\notherwise { refuse \"x\" }", to: "a", in: shell)
    try write(
      "\(condition) { use deepseek-reasoner }\notherwise { refuse \"x\" }", to: "b`|", in: shell)
    let lines = try shell.run("rung diff a 'b`|' --format markdown")
    #expect(lines.first == "### `a` → `` b`| ``")
    let source = "prompt mentions (\"a|b\", \"``c\")"
    #expect(lines.contains("Where ``` \(source) ```"))
    #expect(lines.contains("Shown by `\"a|b\"`"))
    let row = try #require(lines.first { $0.hasPrefix("| route |") })
    #expect(row.contains("``` \(source.replacing("|", with: "\\|"))  →  "))
    let table = try #require(lines.firstIndex(of: "| | before | now |"))
    #expect(lines[table - 1].isEmpty && lines[table - 2] == "Routes: `a`")
  }

  @Test func `every list after --fail-on counts`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    try write("otherwise { use qwen3-8b }", to: "a", in: shell)
    try write("otherwise { set temperature 0 use qwen3-8b }", to: "b", in: shell)
    for (options, fails) in [
      ("parameters", true), ("dearer", false), ("parameters --fail-on dearer", true),
      ("dearer --fail-on parameters", true), ("dearer,cheaper --fail-on cache", false),
    ] {
      let lines = try shell.run("rung diff a b --fail-on \(options)")
      #expect((lines.last == "[exit 1]") == fails, "\(options)")
    }
  }

  @Test func `one open question is asked once`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    try write(
      "route a when prompt matches /a(b|c{2,3}d+)*e\\b.$/ { use qwen3-8b }\n"
        + "otherwise { refuse \"x\" }", to: "a", in: shell)
    try write(
      "route a when prompt matches /\\Ba(c{2,3}d+|b)*e[^\\w\\n]$/ { use qwen3-8b }\n"
        + "otherwise { refuse \"x\" }", to: "b", in: shell)
    let lines = try shell.run("rung diff a b").filter { $0.contains("undecided") }
    #expect(Set(lines).count == lines.count, "\(lines)")
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func `what cannot be written is told, with why`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    for (command, told) in [
      ("check policies/starter > /dev/full", "could not write the output: no space left on device"),
      (
        "graph policies/starter -o no/such/a.svg",
        "could not write `no/such/a.svg`: no such file or directory"
      ),
      ("graph policies/starter -o .", "could not write `.`: is a directory"),
    ] {
      #expect(try shell.run("rung \(command)") == [told, "[exit 3]"], "\(command)")
    }
  }

  @Test func `a link that is written to stays one, and what is no file stays what it is`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    let link = "touch a.svg && ln -s a.svg b.svg && rung graph policies/starter -o b.svg > log"
    #expect(try shell.run("\(link) && test -L b.svg && test -s a.svg && echo both") == ["both"])
    let reason = "no regular file; without -o it goes to standard output"
    let pipe = "mkfifo c.dot && rung graph policies/starter -o c.dot"
    #expect(
      try shell.run(pipe) == ["could not write `c.dot`: \(reason)", "[exit 3]"])
    #expect(try shell.run("test -p c.dot && echo pipe") == ["pipe"])
    let catalog = "mkfifo d.yaml; rung catalog import litellm pages/catalog-prices.json"
    #expect(
      try shell.run("\(catalog) -o d.yaml --replace > log; test -p d.yaml && echo pipe").last
        == "pipe")
  }

  @Test func `a closed pipe ends a command quietly`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    let lines = try shell.run("rung graph policies/support --format html | true")
    #expect(lines.isEmpty)
  }
}
