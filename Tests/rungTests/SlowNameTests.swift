import Foundation
import StandInProvider
import Testing

/// A provider whose name takes long to resolve, on a machine made so.
@Suite struct `A name that resolves slowly` {
  private static let library = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appending(path: "librung-machine-faults.so")

  private static let policy = """
    rung 1
    catalog "catalog.yaml"
    otherwise { use lost fallback found }
    """

  private static func catalog(_ address: String) -> String {
    """
    currency: USD
    reference_tokenizer: qwen
    providers:
      nowhere:
        base_url: http://no-such-provider.invalid/v1
        timeouts: {connect: 200ms, first_byte: 1s, whole: 2s}
      here:
        base_url: \(address)
    models:
      lost:
        provider: nowhere
        window: 32k
        max_output: 2k
        tokenizer: qwen
        prices: {input: 0.13, output: 0.57, date: 2026-11-21, source: test}
      found:
        provider: here
        window: 32k
        max_output: 2k
        tokenizer: qwen
        prices: {input: 0.13, output: 0.57, date: 2026-11-21, source: test}
    """
  }

  @Test func `does not hold up the call after it`() async throws {
    guard FileManager.default.fileExists(atPath: Self.library.path) else {
      print("\(Self.library.lastPathComponent) is not built: slow names were not tried")
      return
    }
    let shell = try Shell()
    defer { shell.remove() }
    let standIn = try await StandIn.start()
    let files = [
      "policy.rung": Self.policy, "catalog.yaml": Self.catalog(standIn.address),
      "ask.json": #"{"messages":[{"role":"user","content":"How do I pay?"}]}"#,
    ]
    for (name, text) in files {
      try Data(text.utf8).write(to: shell.folder.appending(path: name))
    }
    // For a second call the resolver's thread would have to be waited for: 60 seconds.
    let start = ContinuousClock.now
    let lines = try shell.run(
      "rung run policy.rung ask.json",
      environment: ["LD_PRELOAD": Self.library.path, "RUNG_FAULT_NAMES": "60000"])
    let elapsed = ContinuousClock.now - start
    await standIn.stop()
    #expect(standIn.stats.calls == 1, "\(lines)")
    #expect(elapsed < .seconds(30), "\(elapsed)")
  }
}
