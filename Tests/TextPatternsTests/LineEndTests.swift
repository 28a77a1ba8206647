import RoutingTestSupport
import Testing

@testable import TextPatterns

@Suite struct `The end of a line` {
  @Test func `is where byte after byte finds it`() {
    let seed: UInt64 = 51
    var random = SplitMix(state: seed)
    for _ in 0..<2000 {
      // Bytes beside the newline's value, and with its high bit, are what a word of eight could mistake.
      let text: [UInt8] = (0..<Int(random.next() % 40)).map { _ in
        [0x0A, 0x0B, 0x09, 0x8A, 0x0A ^ 0x80, 0x00, 0xFF, 0x61][Int(random.next() % 8)]
      }
      for start in 0...text.count {
        let expected = text[start...].firstIndex(of: 0x0A) ?? text.count
        let found = unsafe text.withUnsafeBufferPointer {
          unsafe TextBytes($0).lineEnd(from: start)
        }
        #expect(found == expected, "\(text) from \(start), seed \(seed)")
      }
    }
  }
}
