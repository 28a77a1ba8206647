import Testing

@Suite struct `The same picture` {
  /// Every process has a hash seed of its own.
  @Test(arguments: ["svg", "html", "dot", "mermaid", "json"])
  func `is drawn byte for byte the same in five processes`(format: String) throws {
    let shell = try Shell()
    defer { shell.remove() }
    var first: [String] = []
    for number in 0..<5 {
      let lines = try shell.run(
        "rung graph policies/support --format \(format); rung explain policies/helpdesk "
          + "examples/requests/0*.json --at 2026-03-02T09:00:00Z --format html")
      if number == 0 { first = lines }
      #expect(lines == first, "process \(number)")
    }
    #expect(first.count > 100 && first.last == "</html>")
  }
}
