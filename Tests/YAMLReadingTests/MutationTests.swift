import PolicySource
import RoutingTestSupport
import Testing
import YAMLReading

/// A small generator with a seed that a failure prints.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}

@Suite struct `Mutated files` {
  static let seeds: [UInt64] = [1, 2026, 0xC0FFEE]

  @Test(arguments: seeds)
  func `keep every promise`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let corpus = Self.samples + YAMLSuite.shared.files.prefix(120).map(\.bytes)
    let count = 3_000
    for round in 0..<count {
      guard let sample = corpus.randomElement(using: &generator) else { return }
      let bytes = Self.mutate(sample, using: &generator)
      if let violation = TreeChecks.violation(reading: bytes) {
        Issue.record("seed \(seed), round \(round): \(violation): \(bytes)")
        return
      }
    }
    SharedData.say("\(count) mutated files from seed \(seed), corpus of \(corpus.count)")
  }

  static let samples: [[UInt8]] = [
    "currency: USD\nmodels:\n  qwen3-8b: {input: 0.01, tags: [a, b]}\n  é: |\n    日本\n    x\n",
    "- &a [1, 2]\n- *a\n- !!str x\n- ? k\n  : v\n- 'q''q'\n- \"\\u00e9\\n\"\n",
    "a: >-\n  folded\n  text\n\n\tb\n<<: {c: d}\n",
    "%TAG !e! tag:x\n---\n!e!f {a: b, c: [d, e: f]}\n...\n---\nx\n",
    "{a: [b, {c: d}], \"e\": 'f', ? g : h}\r\n# 😀\r\n",
  ].map { Array($0.utf8) }

  /// One to four cuts, repeats, swaps, insertions of bytes that matter to YAML, or of any byte.
  private static func mutate(_ sample: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
    var bytes = sample
    for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
      let start = Int.random(in: 0..<bytes.count, using: &generator)
      let end = min(bytes.count, start + Int.random(in: 1...12, using: &generator))
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: bytes.removeSubrange(start..<end)
      case 1: bytes.insert(contentsOf: bytes[start..<end], at: start)
      case 2: bytes[start] = UInt8.random(in: .min ... .max, using: &generator)
      case 3:
        let marks = Array("[]{}:,?-&*!|>%@`'\"#\t\n\r \\~<\u{FEFF}\u{85}\u{2028}é😀".utf8)
        bytes.insert(marks.randomElement(using: &generator) ?? 0, at: start)
      default: bytes = Array(bytes[..<start]) + Array(bytes[start...].reversed())
      }
    }
    return bytes
  }
}
