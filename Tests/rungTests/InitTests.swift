import Foundation
import Testing

@Suite struct `A new policy` {
  @Test func `never overwrites a file`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    #expect(try shell.run("mkdir mine && echo keep > mine/catalog.yaml").isEmpty)
    let lines = try shell.run("rung init mine")
    #expect(lines == ["`mine/catalog.yaml` exists; nothing was written", "[exit 2]"])
    #expect(try shell.run("ls mine; cat mine/catalog.yaml") == ["catalog.yaml", "keep"])
  }

  @Test func `is formatted, clean and passes its tests`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    _ = try shell.run("rung init mine")
    #expect(try shell.run("rung fmt --check mine").isEmpty)
    #expect(try shell.run("rung check --strict mine") == ["mine/policy.rung: no findings"])
    #expect(try shell.run("rung test mine").last == "2 passed, 0 failed")
  }
}
