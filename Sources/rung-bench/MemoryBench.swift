import Foundation
import PolicyGraph

/// What a compiled policy holds on to, measured in a process of its own so that nothing else counts.
enum MemoryBench {
  /// The hidden group that measures; its parent reads the number it prints.
  static let probe = "memory-probe"

  static func run(_ report: inout Report) {
    guard let kibibytes = answer(of: probe) else { return }
    report.add("memory of a compiled 10,000-route policy", kibibytes / 1024, "MiB", atMost: 64)
  }

  /// The number a hidden group prints in a process of its own; nil after saying that there is none.
  static func answer(of probe: String) -> Double? {
    let process = Process()
    process.executableURL = URL(filePath: CommandLine.arguments[0])
    process.arguments = [probe]
    let output = Pipe()
    process.standardOutput = output
    guard (try? process.run()) != nil,
      let data = try? output.fileHandleForReading.readToEnd(),
      let number = Double(
        String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
    else {
      print("memory: this system does not tell, nothing was measured")
      return nil
    }
    process.waitUntilExit()
    return number
  }

  /// Resident memory with the graph, less what it was before: the tree and the text are gone by then,
  /// though what they freed still counts where the allocator keeps it.
  static func measure() {
    guard let before = resident() else { return }
    guard let graph = BenchPolicies.graph(BenchPolicies.routes(10_000).text) else { return }
    guard let after = resident() else { return }
    withExtendedLifetime(graph) { print(after - before) }
  }

  /// The most this process has ever held, in KiB; nil where there is no `/proc`.
  static func peak() -> Int? { status("VmHWM:") }

  private static func resident() -> Int? { status("VmRSS:") }

  private static func status(_ name: String) -> Int? {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else {
      return nil
    }
    for line in status.split(separator: "\n") where line.hasPrefix(name) {
      return line.split(separator: " ").compactMap { Int($0) }.first
    }
    return nil
  }
}
