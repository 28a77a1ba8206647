import RoutingTestSupport
import Testing

@testable import TrafficReplay

@Suite struct `A table of keys` {
  @Test func `keeps what a dictionary keeps`() {
    var random = SplitMix(state: 7)
    var table = KeyTable<Int64>()
    var dictionary: [UInt64: Int64] = [:]
    for step in 0..<20_000 {
      // Small ones come again, and large ones differ in their upper bits alone.
      let small = UInt64.random(in: 0..<2_000, using: &random)
      let key = step.isMultiple(of: 2) ? small : small << 52
      #expect(table[key] == dictionary[key])
      table.set(Int64(step), for: key)
      dictionary[key] = Int64(step)
    }
    #expect(table.count == dictionary.count)
    for (key, value) in dictionary { #expect(table[key] == value) }
    #expect(table[9_999_999] == nil)
  }

  @Test func `drops what is of no use before it grows`() {
    var table = KeyTable<Int64>()
    for now in Int64(1)...100_000 {
      table.set(now + 100, for: UInt64(now)) { $0 > now }
      #expect(table[UInt64(max(1, now - 99))] != nil)
    }
    #expect(table.count < 1000)
  }
}
