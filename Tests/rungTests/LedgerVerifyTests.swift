import Foundation
import RoutingTestSupport
import Testing

@Suite struct `Verifying a ledger` {
  /// A byte that is changed anywhere in the file is found, and the command says so by its code.
  @Test func `finds a changed byte wherever it is`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    _ = try shell.run("rung ledger import examples/ledger/spend-logs.json")
    let file = shell.folder.appending(path: "rung.ledger")
    let whole = [UInt8](try Data(contentsOf: file))
    #expect(try shell.run("rung ledger verify").last == "the ledger is whole")
    var generator = SplitMix(state: 20_261_121)
    // The places SQLite reads first, and some of all others.
    let places =
      [0, 18, 20, 68, 100]
      + (0..<12).map { _ in
        Int.random(in: 0..<whole.count, using: &generator)
      }
    for place in places {
      var bytes = whole
      bytes[place] ^= UInt8.random(in: 1...255, using: &generator)
      try Data(bytes).write(to: file)
      let lines = try shell.run("rung ledger verify")
      #expect(lines.last == "[exit 1]" || lines.last == "[exit 3]", "byte \(place): \(lines)")
    }
    try Data(whole).write(to: file)
    #expect(try shell.run("rung ledger verify").last == "the ledger is whole")
    SharedData.say("verify: \(places.count) changed bytes found, seed 20261121")
  }

  @Test func `proves that a row that was the last one once is still there`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    _ = try shell.run("rung ledger import examples/ledger/spend-logs.json")
    let head = try shell.run("rung ledger verify | grep '  head' | sed 's/.* //'").first ?? ""
    #expect(head.count == 64)
    _ = try shell.run("rung ledger import examples/ledger/spend-logs.json --again")
    let later = try shell.run("rung ledger verify rung.ledger --expect-head \(head)")
    #expect(later.last == "the ledger is whole")
    #expect(later.first?.contains("6 rows") == true)
    #expect(try shell.run("rung ledger verify --expect-head abc").last == "[exit 2]")
    #expect(
      try shell.run("rung ledger verify a.ledger --ledger b.ledger").last == "[exit 2]")
  }

  @Test func `never writes over the ledger, and waits for no pipe`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    _ = try shell.run("rung ledger import examples/ledger/spend-logs.json; ln -s rung.ledger link")
    for name in ["rung.ledger", "./link"] {
      #expect(
        try shell.run("rung ledger export -o \(name)")
          == ["`\(name)` is the ledger itself; name another file with -o", "[exit 2]"])
    }
    #expect(try shell.run("rung ledger verify link").last == "the ledger is whole")
    for command in ["verify", "tail", "show last"] {
      #expect(
        try shell.run("mkfifo pipe; rung ledger \(command) --ledger pipe 2>&1").suffix(2)
          == ["cannot open the ledger `pipe`: it is a device or a pipe, not a file", "[exit 3]"])
      _ = try shell.run("rm pipe")
    }
  }

  @Test func `whoever writes next says that rows are missing`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    _ = try shell.run("rung ledger import examples/ledger/spend-logs.json; cp rung.ledger old")
    _ = try shell.run("rung ledger import examples/ledger/spend-logs.json --again")
    _ = try shell.run("cp old rung.ledger; rm -f rung.ledger-wal rung.ledger-shm")
    let again = "rung ledger import examples/ledger/spend-logs.json --again 2>&1 | grep warning"
    let told = try shell.run(again).first ?? ""
    #expect(told.contains("acknowledged rows") && told.contains("are missing at the end"))
    #expect(try shell.run("\(again) || echo quiet").first == "quiet")
  }

  @Test func `leaves a file that is no ledger as it is`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    _ = try shell.run("echo text > notes.txt; echo > empty.txt; : > nothing.txt")
    for name in ["notes.txt", "empty.txt", "nothing.txt"] {
      #expect(try shell.run("rung ledger verify \(name)").last == "[exit 3]")
    }
    #expect(try shell.run("ls *-*").contains { $0.contains("lock") } == false)
  }
}
