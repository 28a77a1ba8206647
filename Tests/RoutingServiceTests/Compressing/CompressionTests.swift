import PolicyUnits
import RoutingLedger
import RoutingService
import StandInProvider
import Testing

@Suite struct `Compression on the way` {
  private static let policy = """
    compress trim { target context  when context.chars >= 200  to 30% with extractive }
    route short when question mentions ("locker") { compress trim  use cheap }
    route shadowed when question mentions ("hall") { compress trim  use cheap  shadow 100% use dear }
    otherwise { use cheap }
    """

  /// A context in the turn before a question, as the ground puts it into a body.
  private static func asked(_ question: String) -> String {
    let context = (1...40).map { "Locker \($0) is at gate \($0 * 3) of the hall. " }.joined()
    return context + #""},{"role":"assistant","content":"Read."},{"role":"user","content":""#
      + question
  }

  /// What the provider read, by its own count.
  private func read(_ entry: LedgerEntry) -> Int64 { entry.attempts.last?.tokens?.input ?? 0 }

  @Test func `the provider reads less, and the row says what that spared`() async throws {
    try await ServiceGround.with(Self.policy) { ground in
      let whole = try await ground.row(of: Self.asked("Where is number 17?"))
      let short = try await ground.row(of: Self.asked("Where is locker 17?"))
      #expect(whole.savings.compression == nil && whole.savings.saved == nil)
      #expect(read(whole) > 0)
      #expect(read(short) * 2 < read(whole))
      let words = try #require(short.savings.compression)
      #expect(words.hasPrefix("trim ") && words.hasSuffix(" tokens"))
      // 0.13 a million: 130 nano-dollars a token, by the estimate of what went.
      let figures = words.split(separator: " ").compactMap { Int64($0) }
      let saved = try #require(short.savings.saved)
      #expect(figures.count == 2)
      #expect(abs(saved.nanos - (figures[0] - figures[1]) * 130) <= 2)
    }
  }

  @Test func `a shadow is sent what the answering model was sent`() async throws {
    let disk = MemoryDisk()
    try await ServiceGround.with(Self.policy, disk: disk) { ground in
      let whole = try await ground.row(of: Self.asked("Where is number 17?"))
      _ = try await ground.row(of: Self.asked("Which hall?"))
      await ground.service.finish()
      let rows = disk.now.rows.map(\.entry)
      let shadow = try #require(rows.last { $0.parent != nil })
      #expect(read(shadow) * 2 < read(whole))
    }
  }

  @Test func `a request without a context is sent as it came`() async throws {
    try await ServiceGround.with(
      """
      compress trim { target context  to 30% with extractive }
      route short when question mentions ("locker") { compress trim  use cheap }
      otherwise { use cheap }
      """
    ) { ground in
      let row = try await ground.row(of: "Where is locker 17?")
      #expect(row.savings.compression == "trim left_alone nothing_to_compress")
      #expect(row.savings.saved == nil)
      #expect(row.status == .answered)
    }
  }
}
