import CoreMetrics
import PrometheusMetrics
import Testing

@Suite struct `The registry` {
  @Test func `serves swift-metrics`() throws {
    let registry = PrometheusRegistry([
      MetricFamily("took_seconds", .histogram(Buckets([0.5, 1])), help: "Time taken.")
    ])
    Counter(label: "c_total", dimensions: [("k", "v")], factory: registry).increment(by: 2)
    FloatingPointCounter(label: "f_total", dimensions: [], factory: registry).increment(by: 1.5)
    Gauge(label: "g", dimensions: [], factory: registry).record(4)
    let meter = Meter(label: "m", dimensions: [], factory: registry)
    meter.increment(by: 5)
    meter.decrement(by: 2)
    Recorder(label: "r", dimensions: [], aggregate: true, factory: registry).record(100)
    Timer(label: "took_seconds", dimensions: [], factory: registry).recordMilliseconds(750)
    let samples = try ExpositionReader.read(registry.text())
    func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
      samples.first { $0.name == name && $0.labels == labels }?.value
    }
    #expect(value("c_total", ["k": "v"]) == 2)
    #expect(value("f_total") == 1.5)
    #expect(value("g") == 4)
    #expect(value("m") == 3)
    #expect(value("r_bucket", ["le": "64"]) == 0)
    #expect(value("r_bucket", ["le": "256"]) == 1)
    #expect(value("took_seconds_bucket", ["le": "0.5"]) == 0)
    #expect(value("took_seconds_bucket", ["le": "1"]) == 1)
    #expect(value("took_seconds_sum") == 0.75)
  }

  @Test func `one name and one set of labels is one series, in any order`() {
    let registry = PrometheusRegistry()
    let one = registry.counter("c_total", [("a", "1"), ("b", "2")])
    #expect(one === registry.counter("c_total", [("b", "2"), ("a", "1")]))
    #expect(one !== registry.counter("c_total", [("a", "1"), ("b", "3")]))
  }

  @Test func `labels beyond the bound go to one series, and that is counted`() throws {
    let registry = PrometheusRegistry(limits: SeriesLimits(perMetric: 3))
    for n in 0..<10 { registry.counter("c_total", [("n", "\(n)")]).increment(by: Int64(1)) }
    registry.counter("c_total", [("n", "1")]).increment(by: Int64(1))
    let samples = try ExpositionReader.read(registry.text()).filter { $0.name == "c_total" }
    #expect(samples.map { $0.labels["n"] } == ["0", "1", "2", "_overflow_"])
    #expect(samples.map(\.value) == [1, 2, 1, 7])
    let overflow = try ExpositionReader.read(registry.text()).first {
      $0.name == "rung_metrics_overflow_total"
    }
    #expect(overflow?.labels == ["metric": "c_total"])
    #expect(overflow?.value == 7)
  }

  @Test func `all metrics together are bounded too`() throws {
    let registry = PrometheusRegistry(limits: SeriesLimits(perMetric: 100, inAll: 20))
    for n in 0..<10 {
      for m in 0..<10 { registry.gauge("g_\(n)", [("m", "\(m)")]).set(1.0) }
    }
    let samples = try ExpositionReader.read(registry.text()).filter { $0.name.hasPrefix("g_") }
    #expect(samples.filter { $0.labels["m"] != "_overflow_" }.count < 20)
    #expect(samples.filter { $0.labels["m"] == "_overflow_" }.count == 9)
  }

  @Test(arguments: ["h", "h_sum", "h_count", "h_bucket"])
  func `a name that another kind of metric has counts nowhere`(name: String) throws {
    let registry = PrometheusRegistry()
    registry.histogram("h").record(1.0)
    registry.counter(name).increment(by: Int64(5))
    let samples = try ExpositionReader.read(registry.text())
    #expect(samples.first { $0.name == "h_sum" }?.value == 1)
    #expect(samples.first { $0.name == "rung_metrics_refused_total" }?.value == 1)
  }

  @Test func `a counter only rises, and nothing spoils a sum`() throws {
    let registry = PrometheusRegistry()
    let counter = registry.counter("c_total")
    counter.increment(by: Int64(2))
    counter.increment(by: Int64(-5))
    counter.increment(by: -1.0)
    counter.increment(by: Double.nan)
    counter.increment(by: Double.infinity)
    let histogram = registry.histogram("h")
    for value in [1, Double.nan, .infinity, -.infinity] { histogram.record(value) }
    let samples = try ExpositionReader.read(registry.text())
    #expect(samples.first { $0.name == "c_total" }?.value == 2)
    #expect(samples.first { $0.name == "h_sum" }?.value == 1)
    #expect(samples.first { $0.name == "h_count" }?.value == 1)
  }

  @Test func `what is destroyed is exported no more and makes room`() {
    let registry = PrometheusRegistry(limits: SeriesLimits(perMetric: 1))
    let first = Meter(label: "info", dimensions: [("v", "1")], factory: registry)
    first.set(1)
    first.destroy()
    Meter(label: "info", dimensions: [("v", "2")], factory: registry).set(1)
    #expect(!registry.text().contains("info{v=\"1\"}"))
    #expect(registry.text().contains("info{v=\"2\"} 1\n"))
  }

  @Test func `counting at once loses nothing, and every scrape is whole`() async throws {
    let registry = PrometheusRegistry(limits: SeriesLimits(perMetric: 5))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<8 {
        group.addTask { Self.count(in: registry, as: task) }
      }
      group.addTask {
        for _ in 0..<50 {
          try Self.checkHistograms(registry.text())
          try await Task.sleep(for: .milliseconds(1))
        }
      }
      try await group.waitForAll()
    }
    let samples = try ExpositionReader.read(registry.text())
    func sum(_ name: String) -> Double {
      samples.filter { $0.name == name }.map(\.value).reduce(0, +)
    }
    #expect(sum("c_total") == 40_000)
    #expect(sum("f_total") == 20_000)
    #expect(sum("h_count") == 40_000)
  }

  private static func count(in registry: PrometheusRegistry, as task: Int) {
    for n in 0..<5_000 {
      registry.counter("c_total", [("n", "\(n % 9)")]).increment(by: Int64(1))
      registry.counter("f_total").increment(by: 0.5)
      registry.histogram("h", [("t", "\(task % 2)")]).record(Double(n % 7))
    }
  }

  private static func checkHistograms(_ text: String) throws {
    let samples = try ExpositionReader.read(text)
    for count in samples where count.name == "h_count" {
      let buckets = samples.filter { $0.name == "h_bucket" && $0.labels["t"] == count.labels["t"] }
      #expect(buckets.last?.value == count.value)
      #expect(buckets.map(\.value) == buckets.map(\.value).sorted())
    }
  }

  @Test func `counting is cheap`() {
    let registry = PrometheusRegistry()
    let counter = Counter(label: "c_total", dimensions: [], factory: registry)
    let timer = Timer(label: "t_seconds", dimensions: [], factory: registry)
    let rounds: Int64 = 200_000
    func nanoseconds(_ body: (Int64) -> Void) -> Int64 {
      let took = ContinuousClock().measure { for n in 0..<rounds { body(n) } }
      return (took.components.seconds * 1_000_000_000 + took.components.attoseconds / 1_000_000_000)
        / rounds
    }
    let count = nanoseconds { _ in counter.increment() }
    let record = nanoseconds { timer.recordNanoseconds($0 &* 1_000) }
    print("a count takes \(count) ns, a timing \(record) ns")
    #expect(count < 20_000)
    #expect(record < 20_000)
  }
}
