import Foundation
import PrometheusMetrics
import Testing

@Suite struct `The reader of Prometheus itself` {
  /// Reads the text from its input and writes the number of samples, histograms checked.
  private static let script = """
    import sys
    from prometheus_client.parser import text_string_to_metric_families
    samples = 0
    for family in text_string_to_metric_families(sys.stdin.read()):
        assert family.type in ("counter", "gauge", "histogram"), family
        assert family.documentation
        samples += len(family.samples)
    print(samples)
    """

  @Test func `reads what is exported, sample by sample`() throws {
    let registry = PrometheusRegistry()
    for value in ["a", "q\"uote", "b\\slash", "n\nl", "ü"] {
      registry.counter("c_total", [("v", value), ("w", "x")]).increment(by: Int64(2))
      registry.histogram("h_seconds", [("v", value)]).record(0.3)
    }
    registry.gauge("g").set(-Double.infinity)
    let text = registry.text()
    let own = try ExpositionReader.read(text).count
    let process = Process()
    let input = Pipe()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", Self.script]
    (process.standardInput, process.standardOutput) = (input, output)
    process.standardError = Pipe()
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    try input.fileHandleForWriting.close()
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 || !Self.isInstalled else {
      Issue.record("prometheus_client refused the text")
      return
    }
    guard Self.isInstalled else {
      print("prometheus_client is not installed: the strict reader alone held \(own) samples")
      return
    }
    print("prometheus_client read \(own) samples")
    #expect(Int(said.trimmingCharacters(in: .whitespacesAndNewlines)) == own)
  }

  private static let isInstalled: Bool = {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", "import prometheus_client"]
    process.standardError = Pipe()
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()
}
