import Foundation

/// A million logged requests held against a policy: the whole process, file and all.
enum ReplayBench {
  private static let rows = 1_000_000
  private static let textRows = 100_000

  static func run(_ report: inout Report) {
    BenchRoom.with("replay") { rung, room in
      try measure(
        rung, room, policy: ReplayLog.policy, rows: rows, words: 0,
        "replay of 1,000,000 requests without texts", seconds: 0.7, &report)
      // A tenth of them, as the file is ten times as long; given for a million.
      try measure(
        rung, room, policy: ReplayLog.policyOverTexts, rows: textRows, words: 170,
        "replay of 1,000,000 with 1 KB of text, 60 conditions", seconds: 8, &report)
    }
  }

  private static func measure(
    _ rung: String, _ room: URL, policy: String, rows: Int, words: Int, _ name: String,
    seconds limit: Double, _ report: inout Report
  ) throws {
    let log = room.appending(path: "log.jsonl").path
    let size = try ReplayLog.write(rows, words: words, to: log)
    let policyPath = room.appending(path: "policy.rung").path
    try policy.write(toFile: policyPath, atomically: true, encoding: .utf8)
    var runs: [SpawnedProcess] = []
    for _ in 0..<5 {
      let run = SpawnedProcess.run(rung, ["replay", policyPath, log])
      guard run.code == 0 else {
        print("\(name): the replay fails with \(run.code)")
        return
      }
      runs.append(run)
    }
    runs.sort { $0.processorTime < $1.processorTime }
    let scale = Double(Self.rows) / Double(rows)
    report.add(
      "\(name), \(size >> 20) MiB", runs[2].processorTime * scale * 1000, "ms",
      atMost: limit * 1000)
    report.add("  memory at most", Double(runs[2].peak) / 1024, "MiB", atMost: 100)
    let reading = Stopwatch.median(runs: 5) { SpawnedProcess.run("/usr/bin/wc", ["-l", log]) }
    report.add("  of which reading it, as wc -l does", reading * scale / 1e6, "ms")
  }
}
