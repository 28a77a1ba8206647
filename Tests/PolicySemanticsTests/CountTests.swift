import PolicyUnits
import Testing

@Suite struct `A count with its noun` {
  @Test(arguments: [
    (0, "0 requests"), (1, "1 request"), (2, "2 requests"), (1204, "1,204 requests"),
    (-1, "-1 requests"),
  ])
  func `has the noun it counts`(count: Int, words: String) {
    #expect(Amounts.count(count, "request") == words)
  }
}
