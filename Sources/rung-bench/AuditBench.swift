import Foundation

/// A million logged requests audited: the whole process, file and all.
enum AuditBench {
  private static let rows = 1_000_000
  private static let textRows = 100_000

  static func run(_ report: inout Report) {
    BenchRoom.with("audit") { rung, room in
      try measure(
        rung, room, rows: rows, words: 0, "audit of 1,000,000 requests without texts",
        seconds: 1.5, &report)
      // A tenth of them, as the file is ten times as long; given for a million.
      try measure(
        rung, room, rows: textRows, words: 170,
        "audit of 1,000,000 with 1 KB of text, near repeats",
        seconds: 15, &report)
    }
  }

  private static func measure(
    _ rung: String, _ room: URL, rows: Int, words: Int, _ name: String, seconds limit: Double,
    _ report: inout Report
  ) throws {
    let log = room.appending(path: "log.jsonl").path
    let size = try ReplayLog.write(rows, words: words, to: log)
    let catalog = room.appending(path: "catalog.yaml").path
    var runs: [SpawnedProcess] = []
    for _ in 0..<5 {
      let run = SpawnedProcess.run(rung, ["audit", log, "--catalog", catalog])
      guard run.code == 0 else {
        print("\(name): the audit fails with \(run.code)")
        return
      }
      runs.append(run)
    }
    runs.sort { $0.processorTime < $1.processorTime }
    let scale = Double(Self.rows) / Double(rows)
    report.add(
      "\(name), \(size >> 20) MiB", runs[2].processorTime * scale * 1000, "ms",
      atMost: limit * 1000)
    report.add("  memory at most", Double(runs[2].peak) / 1024, "MiB")
  }
}
