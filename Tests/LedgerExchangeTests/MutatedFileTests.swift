import RoutingTestSupport
import Testing

@testable import LedgerExchange

@Suite struct `Mutated files` {
  static let seeds: [UInt64] = [1, 2026, 0xC0FFEE]

  /// Every record comes out as a row or as a problem with words, whatever the bytes; a file that
  /// cannot be read at all says why.
  @Test(arguments: seeds)
  func `end in rows and messages, never in a crash`(seed: UInt64) throws {
    var generator = SplitMix(state: seed)
    let samples = Self.samples()
    var rows = 0
    var problems = 0
    var failures = 0
    for round in 0..<4_000 {
      guard let sample = samples.randomElement(using: &generator) else { return }
      let bytes = Self.mutate(sample, using: &generator)
      do throws(ImportFailure) {
        let whole = try WholeImport(bytes, piecesOf: Int.random(in: 1...64, using: &generator))
        rows += whole.rows.count
        problems += whole.problems.count
        #expect(whole.rows.count + whole.problems.count == whole.items.count)
        #expect(
          whole.problems.allSatisfy { Self.isOneLine($0) && !$0.hasSuffix(": ") },
          "seed \(seed), round \(round): \(whole.problems)")
      } catch {
        failures += 1
        #expect(Self.isOneLine(error.description), "seed \(seed), round \(round)")
      }
    }
    SharedData.say(
      "mutated files, seed \(seed): \(rows) rows, \(problems) problems, \(failures) files refused")
    #expect(rows > 1_000 && problems > 300 && failures > 50)
  }

  private static func isOneLine(_ text: String) -> Bool {
    !text.isEmpty && !text.contains { $0.isNewline }
  }

  private static func samples() -> [[UInt8]] {
    var generator = GeneratedRows(seed: 11)
    let rows = (1...3).map { generator.row(sequence: Int64($0)) }
    var csv = EntryExport(.csv)
    var json = EntryExport(.jsonl)
    let csvText = csv.header() + rows.flatMap { csv.lines(of: $0) }
    let jsonText = rows.flatMap { json.lines(of: $0) }
    let litellm = `LiteLLM's spend logs`.row
    let others = [
      "TIMESTAMP,ContextTokens,GeneratedTokens\r\n2023-11-16 18:17:03.9799600,4808,10\r\n"
        + "2023-11-16 18:17:04.0319600,3180,8\r\n",
      "[\(litellm),\n\(litellm)]", "{\"data\":[\(litellm)]}", "\(litellm)\n\(litellm)\n",
      "request_id,startTime,spend,prompt_tokens,completion_tokens,metadata\n"
        + "r1,2026-11-20 10:00:00,1e-3,5,6,\"{\"\"a\"\": 1}\"\nr2,2026-11-20,0.1,5,6,\n",
    ]
    return others.map { Array($0.utf8) } + [csvText, jsonText]
  }

  /// One to three cuts, repeats, swaps, and insertions of bytes that matter or of any byte.
  private static func mutate(_ sample: [UInt8], using generator: inout SplitMix) -> [UInt8] {
    var bytes = sample
    for _ in 0..<Int.random(in: 1...3, using: &generator) where !bytes.isEmpty {
      let start = Int.random(in: 0..<bytes.count, using: &generator)
      let end = min(bytes.count, start + Int.random(in: 1...16, using: &generator))
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: bytes.removeSubrange(start..<end)
      case 1: bytes.insert(contentsOf: bytes[start..<end], at: start)
      case 2: bytes[start] = UInt8.random(in: .min ... .max, using: &generator)
      case 3:
        let marks = Array("[]{}:,\"\\\n\r'0123456789.eE-+ \u{0}é".utf8)
        bytes.insert(marks.randomElement(using: &generator) ?? 0, at: start)
      default: bytes.removeSubrange(start...)
      }
    }
    return bytes
  }
}
