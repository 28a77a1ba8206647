import Foundation
import RoutingTestSupport
import Testing

@Suite struct `The same request` {
  /// The members of one request; a process gets them in an order of its own.
  static let members = [
    #""model":"auto""#,
    #""temperature":0.2"#,
    #""metadata":{"plan":"enterprise","region":"eu","multi_step":true}"#,
    #""user":"u-7""#,
    #""max_tokens":500"#,
    #""messages":[{"content":"You are brief.","role":"system"},"#
      + #"{"role":"user","content":"Refactor this, step by step: let x = 1"}]"#,
  ]

  static let zones = ["UTC", "Asia/Tokyo", "America/New_York", "Europe/Berlin", "Pacific/Apia"]
  static let locales = ["C", "C.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8"]

  /// Every process has a hash seed of its own.
  @Test func `is explained byte for byte the same in twenty processes`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    let seed: UInt64 = 20
    var random = SplitMix(state: seed)
    for policy in ["support", "helpdesk"] {
      var first: [String] = []
      for number in 0..<20 {
        let request = "{" + Self.members.shuffled(using: &random).joined(separator: ",") + "}"
        try Data(request.utf8).write(to: shell.folder.appending(path: "ask.json"))
        let lines = try shell.run(
          "rung explain policies/\(policy) ask.json --at 2026-03-02T09:00:00Z --all; "
            + "rung explain policies/\(policy) ask.json --at 2026-03-02T09:00:00Z --format json",
          environment: [
            "TZ": Self.zones[number % Self.zones.count],
            "LC_ALL": Self.locales[number % Self.locales.count],
          ])
        if number == 0 { first = lines }
        #expect(lines == first, "policy \(policy), process \(number), seed \(seed)")
      }
      #expect(first.count > 100, "\(first.joined(separator: "\n"))")
    }
    print("seed \(seed): 40 processes, two policies")
  }
}
