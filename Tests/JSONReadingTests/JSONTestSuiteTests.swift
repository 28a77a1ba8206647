import JSONReading
import RoutingTestSupport
import Testing

struct JSONTestSuiteTests {
  @Test func `accepts what must be accepted and refuses what must be refused`() throws {
    guard let files = try SharedData.archive("JSONTestSuite.tar.gz", for: "JSONTestSuite") else {
      return
    }
    var counts: [Character: (accepted: Int, refused: Int)] = [:]
    for (path, bytes) in files where path.hasPrefix("test_parsing/") {
      let name = path.dropFirst("test_parsing/".count)
      let kind = name.first ?? "?"
      let isAccepted = (try? JSONText(bytes)) != nil
      if isAccepted {
        counts[kind, default: (0, 0)].accepted += 1
      } else {
        counts[kind, default: (0, 0)].refused += 1
      }
      // Duplicate keys are refused on purpose, whatever the grammar says.
      let isDuplicate = name.contains("duplicated_key")
      switch kind {
      case "y": #expect(isAccepted != isDuplicate, "\(name)")
      case "n": #expect(!isAccepted, "\(name)")
      default: break
      }
    }
    let total = counts.values.reduce(0) { $0 + $1.accepted + $1.refused }
    for (kind, count) in counts.sorted(by: { $0.key < $1.key }) {
      SharedData.say("JSONTestSuite \(kind)_: \(count.accepted) accepted, \(count.refused) refused")
    }
    #expect(total == 318)
  }

  @Test func `naughty strings survive being read`() throws {
    guard let bytes = try SharedData.bytes(of: "blns.json", for: "naughty strings") else { return }
    let text = try JSONText(bytes)
    let strings = text.root.elements.compactMap(\.string)
    SharedData.say("naughty strings: \(strings.count)")
    #expect(strings.count == 515)
    #expect(strings.contains("田中さんにあげて下さい"))
  }
}
