/// Measures what the runtime promises and prints one line for each figure.
///
/// `rung-bench [NAME…]` runs the named groups, or all. A figure is the median of several runs; the
/// promised limit stands beside it. The exit code is 0 even where a limit is missed: the machine may
/// be busy, and a person reads the table.
@main
enum Bench {
  static let groups: [(name: String, run: @Sendable (inout Report) -> Void)] = [
    ("compile", CompileBench.run), ("editor", EditorBench.run), ("decide", DecideBench.run),
    ("wire", WireBench.run), ("decision", DecisionBench.run), ("call", CallBench.run),
    ("memory", MemoryBench.run), ("process", ProcessBench.run), ("analysis", AnalysisBench.run),
    ("mutants", MutationBench.run), ("ledger", LedgerBench.run),
    ("cost", CostBench.run),
    ("budget", BudgetBench.run), ("cache", CacheBench.run), ("batch", ComposeBench.run),
    ("compression", CompressionBench.run), ("audit", AuditBench.run),
    ("replay", ReplayBench.run),
    ("gateway", GatewayBench.run),
  ]

  static func main() {
    let wanted = CommandLine.arguments.dropFirst()
    if wanted.first == MemoryBench.probe { return MemoryBench.measure() }
    if wanted.first == AnalysisBench.probe { return AnalysisBench.measure() }
    if wanted.first == PlainProxy.probe { return PlainProxy.serve(Array(wanted.dropFirst())) }
    var report = Report()
    for (name, run) in groups where wanted.isEmpty || wanted.contains(name) {
      run(&report)
    }
  }
}

/// The table, printed line by line as figures come in.
struct Report {
  /// Prints a figure in its unit beside its limit.
  mutating func add(_ name: String, _ value: Double, _ unit: String, atMost limit: Double? = nil) {
    let figure = Report.rounded(value) + " " + unit
    let bound = limit.map { "at most " + Report.rounded($0) + " " + unit } ?? ""
    let verdict = limit.map { value <= $0 ? "ok" : "MISSED" } ?? ""
    print(
      Report.padded(name, 58), Report.padded(figure, 14), Report.padded(bound, 20), verdict)
  }

  /// Prints a figure in its unit beside the least it should be.
  mutating func add(_ name: String, _ value: Double, _ unit: String, atLeast limit: Double) {
    print(
      Report.padded(name, 58), Report.padded(Report.rounded(value) + " " + unit, 14),
      Report.padded("at least " + Report.rounded(limit) + " " + unit, 20),
      value >= limit ? "ok" : "MISSED")
  }

  private static func rounded(_ value: Double) -> String {
    if value >= 100 { return String(Int(value.rounded())) }
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}

/// Times a piece of work.
enum Stopwatch {
  static func milliseconds(since start: ContinuousClock.Instant) -> Double {
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    return Double(seconds) * 1e3 + Double(attoseconds) / 1e15
  }

  /// The median of several runs, in nanoseconds.
  static func median(runs: Int, _ work: () -> Void) -> Double {
    var times: [Double] = []
    for _ in 0..<runs {
      let duration = ContinuousClock().measure(work)
      let (seconds, attoseconds) = duration.components
      times.append(Double(seconds) * 1e9 + Double(attoseconds) / 1e9)
    }
    times.sort()
    return times[times.count / 2]
  }
}
